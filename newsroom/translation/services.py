"""State changes of translations: beginning one. Approval and publishing are the same for all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.operations import translate_object

from newsroom.translation.selectors import may_begin


@transaction.atomic
def start(*, page: Any, locales: Iterable[Locale], user: Any, now: datetime) -> list[Any]:
    """Create a draft of `page` in each of `locales`, with the source's text to write over.

    Returns the drafts. Raises PermissionDenied, also for a draft that is not the user's own.
    """
    if not user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied(_("Only translators begin translations."))
    if not may_begin(page, user=user, now=now):
        raise PermissionDenied(_("Only a public page can be translated."))
    locales = list(locales)
    translate_object(page, locales, user=user)
    return [page.get_translation(locale) for locale in locales]
