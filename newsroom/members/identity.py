"""Finding the page that an id in a sheet means."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

CHUNK = 500  # ids in one query


def as_uuid(text: str) -> UUID | None:
    """Return the UUID a text is, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


def identity(page: Any) -> str:
    """Return the id under which a page is exported: its own, else its translation key."""
    return str(page.external_id or page.translation_key)


def find(model: type[Any], ids: Iterable[str]) -> dict[str, Any]:
    """Return id -> page of the source language, by its external id or its translation key."""
    wanted = sorted(set(ids))
    found: dict[str, Any] = {}
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        keys = [key for key in map(as_uuid, some) if key]
        pages = model.objects.filter(
            Q(external_id__in=some) | Q(translation_key__in=keys),
            locale__language_code=settings.LANGUAGE_CODE,
        )
        for page in pages.order_by("-pk"):
            found[str(page.translation_key)] = page
            if page.external_id:
                found[page.external_id] = page
    return {name: found[name] for name in wanted if name in found}


def new_identity(text: str) -> dict[str, Any]:
    """Return the fields that give a new page the id `text`.

    A UUID becomes the translation key, so that two instances know a page by the same one.
    """
    key = as_uuid(text)
    return {"translation_key": key} if key else {"external_id": text}
