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
    if not is_confined(user) or not model._default_manager.filter(pk=pk).exists():
        return True
    if model is Page:
        known = within_reach(user, Page.objects.filter(pk=pk), now=timezone.now())
        return bool(known.exists())
    if model in (get_image_model(), get_document_model()):
        return owns_media(user, model, [pk])
    if hasattr(model, "member"):
        houses = houses_of(user, MemberPage.objects.all())
        found = model._default_manager.filter(pk=pk, member__in=houses.values("pk"))
        return bool(found.exists())
    return True
