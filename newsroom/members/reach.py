"""What people of a house may refer to in their texts."""

from typing import Any

from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from newsroom.members.houses import is_confined, owns_media, within_reach
from newsroom.members.models import MemberPage
from newsroom.members.selectors import houses_of


def is_within_reach(user: Any, model: Any, pk: str) -> bool:
    """Return whether `user` may refer to the object of that model.

    Pages: their own and public ones; pictures and files: of their collections; what belongs to a
    member (boilerplates, contacts): of their houses. Anything else (regions, terms) belongs to
    nobody, and of what does not exist nothing can be shown.
    """
    is_media = model in (get_image_model(), get_document_model())
    if not (is_media or model is Page or hasattr(model, "member")) or not is_confined(user):
        return True
    found = model._default_manager.filter(pk=pk)
    if not found.exists():
        return True
    if is_media:
        return owns_media(user, model, [pk])
    if model is Page:
        return bool(within_reach(user, found, now=timezone.now()).exists())
    houses = houses_of(user, MemberPage.objects.all())
    return bool(found.filter(member__in=houses.values("pk")).exists())
