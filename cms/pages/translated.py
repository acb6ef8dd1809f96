"""Whether a translation says anything of its own yet: its draft begins with the original's text."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.fields import StreamField


def source_of(page: Any) -> Any:
    """Return the page that `page` is a translation of; None when it is no translation."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    versions = type(page)._default_manager.filter(translation_key=page.translation_key)
    return versions.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def untranslated(version: Any) -> Iterator[tuple[str, str]]:
    """Yield (field, what to do) for what still has the words of the original.

    What has no words, like a body of pictures alone, reads the same in every language.
    """
    source = source_of(version) if version.must_be_translated else None
    if source is None:
        return
    for name in version.must_be_translated:
        words = _words(version, name)
        if any(map(str.isalpha, words)) and words == _words(source, name):
            yield name, _("These are still the words of the original: translate them.")


def _words(page: Any, name: str) -> str:
    """Return what a reader reads in a field, whatever marks stand around it."""
    field, value = page._meta.get_field(name), getattr(page, name)
    if isinstance(field, StreamField):
        text = " ".join(field.stream_block.get_searchable_content(value))
    else:
        text = strip_tags(str(value))
    return " ".join(text.split())
