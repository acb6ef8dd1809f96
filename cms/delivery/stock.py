"""Addresses of the platform's admin that answer otherwise here; mounted before its own."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.choosers import ExternalLinkChooserForm, URLOrAbsolutePathField
from wagtail.admin.views.chooser import ExternalLinkView


class LinkField(URLOrAbsolutePathField):
    """The address of a link; the platform's stumbles over a post without one."""

    def to_python(self, value: Any) -> Any:
        """Return the address; an empty one is an error of the form."""
        return super().to_python(value or "")


class LinkForm(ExternalLinkChooserForm):
    """The platform's form with our field."""

    url = LinkField(required=True, label=ExternalLinkChooserForm.base_fields["url"].label)


def closed(request: HttpRequest) -> Any:
    """Answer 404: the platform's test of error mails is not for strangers to press."""
    raise Http404


urlpatterns = [
    path(
        "choose-external-link/",
        require_admin_access(ExternalLinkView.as_view(form_class=LinkForm)),
        name="wagtailadmin_choose_page_external_link",
    ),
    path("failwhale/", closed, name="wagtailadmin_error_test"),
]
