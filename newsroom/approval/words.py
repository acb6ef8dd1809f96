"""Messages of Wagtail about a review that this newsroom puts in its own words.

Our catalogues come before Wagtail's (LOCALE_PATHS). What they translate has to stand in our code
as well, or the check of the catalogues takes it for something that is used nowhere.
"""

from django.utils.translation import gettext_lazy as _

REPLACED = (
    _("Cancel workflow "),
    _("Restart workflow "),
    _("This %(model_name)s is currently awaiting moderation."),
    _(
        "This {model_name} is awaiting <b>'{task_name}'</b> in the <b>'{workflow_name}'</b> "
        "workflow."
    ),
    _("Only reviewers for this task can edit the %(model_name)s."),
    _("In Moderation"),
    _("Rejected"),
    _("Rejected at '%(task)s'. Changes requested"),
    _("Workflow started"),
    _("Page '%(page_title)s' created and submitted for moderation."),
    _("Page '%(page_title)s' has been submitted for moderation."),
    _("Workflow on page '%(page_title)s' has been cancelled."),
    _("Workflow on page '%(page_title)s' has been restarted."),
)
