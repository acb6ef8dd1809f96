"""Reads of releases."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from newsroom.approval.selectors import is_public, public


def newest(pages: QuerySet, *, now: datetime) -> QuerySet:
    """Return the public ones of `pages`, the newest first, with everything a card shows."""
    return (
        public(pages, now=now)
        .select_related("locale", "issuing_member")
        .prefetch_related("region_links__region", "pictures__image")
        .order_by("-dateline_date", "-first_published_at", "-pk")
    )


def from_same_region(page: Any, *, now: datetime) -> QuerySet:
    """Return the public releases of the page's language about its regions or parts of them."""
    regions = page.regions()
    same = Q(region_links__region__in=regions) | Q(region_links__region__parent__in=regions)
    pages = type(page).objects.filter(locale_id=page.locale_id).exclude(pk=page.pk)
    return newest(pages.filter(pk__in=pages.filter(same).values("pk")), now=now)


def related(page: Any, *, now: datetime) -> list[Any]:
    """Return the public ones of the releases a release names, each in its language if it can be.

    In the order in which they are named; what is not public in any language is left out.
    """
    links = [link.release_id for link in page.related_links.all() if link.release_id]
    if not links:
        return []
    keys = dict(type(page).objects.filter(pk__in=links).values_list("pk", "translation_key"))
    named = [keys[pk] for pk in links if pk in keys]
    versions = newest(type(page).objects.filter(translation_key__in=named), now=now)
    found: dict[Any, Any] = {}
    for version in versions:
        if version.locale_id == page.locale_id or version.translation_key not in found:
            found[version.translation_key] = version
    return [found[key] for key in dict.fromkeys(named) if key in found]


def nameable(pages: QuerySet, *, user: Any, now: datetime) -> QuerySet:
    """Return those of `pages` that `user` may name on a release: public ones, and their own.

    Naming somebody else's draft would tell its title.
    """
    own = page_permission_policy.instances_user_has_permission_for(user, "change")
    shown = public(pages, now=now)
    return pages.filter(Q(pk__in=own.values("pk")) | Q(pk__in=shown.values("pk")))


def usable_version(page: Any, *, user: Any, now: datetime) -> Any | None:
    """Return the version of a release whose words `user` may take for another one.

    The newest for those who may edit it, the live one of a public release for everybody else, None
    when it is neither theirs nor public.
    """
    if page.permissions_for_user(user).can_edit():
        return page.get_latest_revision_as_object()
    return page if is_public(page, now=now) else None


def beginnings_for(user: Any) -> QuerySet:
    """Return the pages below which `user` may begin releases: other languages are translations."""
    return places_for(user, locale=Locale.objects.get_for_language(settings.LANGUAGE_CODE))


def places_for(user: Any, *, locale: Any) -> QuerySet:
    """Return the pages of a language below which `user` may write releases."""
    addable = page_permission_policy.instances_user_has_permission_for(user, "add")
    names = ("newsroomindexpage", "memberpage")
    return addable.filter(
        content_type__app_label__in=("releases", "members"),
        content_type__model__in=names,
        locale=locale,
    ).order_by("path")
