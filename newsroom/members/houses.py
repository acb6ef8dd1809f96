"""Whose house a person works in, and what of other houses they may get to see: what is public."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, Page
from wagtail.permissions import page_permission_policy

from newsroom.approval.selectors import public
from newsroom.approval.visibility import HOME_DEPTH
from newsroom.members.selectors import houses_of


def is_confined(user: Any) -> bool:
    """Return whether `user` works in some houses only, or nowhere.

    Editors and superusers work everywhere: they may change the home page in the original language.
    The press office is a house like those of the members; to a translator the trees of the other
    languages are one.
    """
    if user.is_superuser and user.is_active:
        return False
    return not any(
        right.permission.codename == "change_page"
        and right.page.depth <= HOME_DEPTH
        and right.page.locale.language_code == settings.LANGUAGE_CODE
        for right in page_permission_policy.get_cached_permissions_for_user(user)
    )


def own_pages(user: Any) -> QuerySet[Page]:
    """Return the pages that `user` may change or add to, drafts included."""
    return houses_of(user, Page.objects.all())


def within_reach(user: Any, pages: QuerySet, *, now: datetime) -> QuerySet:
    """Return those of `pages` that a confined person may know of: their own and the public ones."""
    own = Q(pk__in=own_pages(user).values("pk"))
    return pages.filter(own | Q(pk__in=public(now=now).values("pk")))


def own_collections(user: Any) -> QuerySet[Collection]:
    """Return the collections that `user` may add pictures and files to or choose them from."""
    rights = GroupCollectionPermission.objects.filter(group__user=user)
    found = Collection.objects.none()
    for collection in Collection.objects.filter(pk__in=rights.values("collection")):
        found |= Collection.objects.descendant_of(collection, inclusive=True)
    return found


def owns_media(user: Any, model: Any, ids: Iterable[Any]) -> bool:
    """Return whether each of `ids` is a picture or file of `model` in a collection of `user`."""
    wanted = set(map(str, ids))
    found = model.objects.filter(pk__in=wanted, collection__in=own_collections(user))
    return wanted == set(map(str, found.values_list("pk", flat=True)))


def may_see_picture(user: Any, picture: Any) -> bool:
    """Return whether somebody of the admin sees a picture that no public page shows.

    Translators see all: drafts that they translate show them.
    """
    if not is_confined(user) or user.has_perm("wagtail_localize.submit_translation"):
        return True
    return owns_media(user, type(picture), [picture.pk])
