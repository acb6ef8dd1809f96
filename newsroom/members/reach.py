"""What people of a house may refer to in their texts."""

from typing import Any

from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from newsroom.members.houses import is_confined, owns_media, within_reach


def is_within_reach(user: Any, model: Any, pk: str) -> bool:
    """Return whether `user` may refer to the object of that model.

    Pages: their own and public ones; pictures and files: of their collections. Anything else
    (regions, terms) belongs to nobody.
    """
    if model not in (Page, get_image_model(), get_document_model()) or not is_confined(user):
        return True
    if model is Page:
        known = within_reach(user, Page.objects.filter(pk=pk), now=timezone.now())
        return bool(known.exists())
    return owns_media(user, model, [pk])
