"""State changes of translations: beginning one. Approval and publishing are the same for all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.operations import translate_object

from newsroom.approval.selectors import is_public


@transaction.atomic
def start(*, page: Any, locales: Iterable[Locale], user: Any, now: datetime) -> list[Any]:
    """Create a draft of `page` in each of `locales`, with the source's text to write over.

    Returns the drafts. Only what is public, or what `user` may edit anyway, can be translated:
    otherwise a translator would read every draft of the house. Raises PermissionDenied.
    """
    if not user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied(_("Only translators begin translations."))
    if not is_public(page, now=now) and not page.permissions_for_user(user).can_edit():
        raise PermissionDenied(_("Only a public page can be translated."))
    locales = list(locales)
    translate_object(page, locales, user=user)
    return [page.get_translation(locale) for locale in locales]
