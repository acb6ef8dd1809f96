"""Which of the platform's admin pages a confined person may open: a list of what is allowed.

Wagtail's choosers, searches, reports and bulk pages show titles of drafts to whoever is signed in.
So for everybody but editors everything of the platform is shut that is not named here; pages of
our own rooms are not of the platform and look after themselves.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.http import QueryDict
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.pages.reach import is_number
from newsroom.members.houses import own_pages, owns_media, within_reach

# Addresses of the platform carry names that begin so; those of our own rooms do not.
PLATFORM = "wagtail"

OPEN = frozenset(
    {
        "wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_logout", "wagtailadmin_login",
        "wagtailadmin_dismissibles", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog",
        "wagtailadmin_password_reset", "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_complete",
        "wagtailadmin_block_preview", "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release", "wagtailadmin_explore_root",
        # Lists what may be explored.
        "wagtailadmin_api:pages:listing", "wagtailadmin_api:pages:detail",
        "wagtailadmin_choose_page", "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_external_link", "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link", "wagtailadmin_choose_page_anchor_link",
        # These show what the rights on collections allow.
        "wagtailimages:index", "wagtailimages:index_results", "wagtailimages:add",
        "wagtailimages:add_multiple", "wagtailimages:create_multiple_from_uploaded_image",
        "wagtailimages:delete_upload_multiple", "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results", "wagtailimages_chooser:create",
        "wagtaildocs:index", "wagtaildocs:index_results", "wagtaildocs:add",
        "wagtaildocs:add_multiple", "wagtaildocs:create_multiple_from_uploaded_document",
        "wagtaildocs:delete_upload_multiple", "wagtaildocs_chooser:choose",
        "wagtaildocs_chooser:choose_results", "wagtaildocs_chooser:create",
    }
)  # fmt: skip
# Shut for everybody without the right on accounts or on a snippet: the platform asks.
OPEN_SPACES = ("wagtailusers_users:", "wagtailusers_groups:", "wagtailsnippet")
EXPLORE = frozenset({"wagtailadmin_explore", "wagtailadmin_explore_results"})
# Of the pages' space these name no page and list those of all houses.
SHUT = frozenset(
    {
        "wagtailadmin_pages:search", "wagtailadmin_pages:search_results",
        "wagtailadmin_pages:type_use", "wagtailadmin_pages:type_use_results",
        "wagtailadmin_pages:choose_parent",
    }
)  # fmt: skip
# Where a form of the platform names the page that a copy or a moved page shall stand below.
DESTINATIONS = ("new_parent_page", "chooser")
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "pk")
MEDIA_SPACES = {
    "wagtailimages:": get_image_model,
    "wagtailimages_chooser:": get_image_model,
    "wagtaildocs:": get_document_model,
    "wagtaildocs_chooser:": get_document_model,
}
MEDIA_ARGUMENTS = ("image_id", "document_id", "doc_id", "pk")


def may_open(
    *,
    user: Any,
    name: str,
    arguments: Mapping[str, Any],
    query: QueryDict,
    posted: QueryDict,
    now: datetime,
) -> bool:
    """Return whether a confined person may open the admin page of that URL name.

    `name` has its namespaces before colons, `arguments` come from the path, `query` from the
    address, `posted` from the form.
    """
    if not name.startswith(PLATFORM) or name in OPEN or name.startswith(OPEN_SPACES):
        return True
    if name in SHUT:
        return False
    if name in EXPLORE:
        explorable = page_permission_policy.explorable_instances(user)
        return _holds(explorable, [arguments["parent_page_id"]])
    if name == "wagtailadmin_choose_page_child":
        known = within_reach(user, Page.objects.all(), now=now)
        # The root has no content; everybody begins there.
        return _holds(known | Page.objects.filter(depth=1), [arguments["parent_page_id"]])
    if name == "wagtailadmin_choose_page_chosen_multiple":
        return _holds(within_reach(user, Page.objects.all(), now=now), query.getlist("id"))
    # Forms with errors say the title of the page they name, and whether a slug is taken below it.
    aims = [pk for key in DESTINATIONS for pk in posted.getlist(key) if pk]
    if name == "wagtail_bulk_action":
        ids = query.getlist("id")
        return _may_act_in_bulk(user, arguments, ids) and _holds(own_pages(user), aims)
    if name.startswith("wagtailadmin_pages:"):
        ids = [arguments[key] for key in PAGE_ARGUMENTS if key in arguments]
        return bool(ids) and _holds(own_pages(user), [*ids, *aims])
    for space, model in MEDIA_SPACES.items():
        if name.startswith(space):
            ids = [arguments[key] for key in MEDIA_ARGUMENTS if key in arguments]
            ids = ids or query.getlist("id")
            return bool(ids) and _are_numbers(ids) and owns_media(user, model(), ids)
    return False


def _holds(pages: Any, ids: Sequence[Any]) -> bool:
    if not _are_numbers(ids):
        return False
    wanted = set(map(int, ids))
    return wanted <= set(pages.filter(pk__in=wanted).values_list("pk", flat=True))


def _may_act_in_bulk(user: Any, arguments: Mapping[str, Any], ids: Sequence[str]) -> bool:
    """Return whether all of `ids` are the person's own; "all" means pages of others, too."""
    try:
        model = apps.get_model(arguments["app_label"], arguments["model_name"])
    except LookupError:
        return False
    if not ids or not _are_numbers(ids):
        return False
    if model in (get_image_model(), get_document_model()):
        return owns_media(user, model, ids)
    return issubclass(model, Page) and _holds(own_pages(user), ids)


def _are_numbers(ids: Sequence[Any]) -> bool:
    return all(map(is_number, ids))
