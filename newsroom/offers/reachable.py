"""Mail addresses and German phone numbers inside a text as links. Pure functions."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# All repetitions are bounded: no text makes the search slow.
_MAIL = r"(?<![\w.+@-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?![\w@-])"
_PART = r"(?:[ \u00a0]?[-–/][ \u00a0]?|[ \u00a0])"
# A town behind a number has a postal code that is no part of it.
_NO_TOWN = r"(?![0-9]{5}[ \u00a0]+[A-ZÄÖÜ])"
# Dates, times and amounts have no area code: a zero and two digits. Accounts go on before it.
_PHONE = (
    r"(?<![\w.,:/+@-])(?<![0-9][ \u00a0])"
    rf"(?:(?:\+|00)49{_PART}?(?:\(0\){_PART}?)?[1-9]|\(?0[0-9])[0-9]{{1,11}}\)?"
    rf"(?:{_PART}[0-9]{{1,12}})?(?:{_PART}{_NO_TOWN}[0-9]{{1,12}}){{0,5}}"
    r"(?![\w@]|[.,:][0-9])"
)
_REACHABLE = re.compile(f"(?P<mail>{_MAIL})|(?P<phone>{_PHONE})")
_DIGITS = range(6, 14)  # behind the zero or the country; fewer are a room or a postal code


def linked(text: str) -> SafeString:
    """Return a text as HTML in which whoever reads it can write or call with one tap.

    Everything else is encoded as it stands.
    """
    return mark_safe("".join(_parts(text)))  # noqa: S308 - each part is encoded below


def _parts(text: str) -> Iterator[str]:
    end = 0
    for found in _REACHABLE.finditer(text):
        address = _address(found)
        if address:
            yield escape(text[end : found.start()])
            yield format_html('<a dir="ltr" href="{}">{}</a>', address, found[0])
            end = found.end()
    yield escape(text[end:])


def _address(found: re.Match[str]) -> str:
    """Return where a link leads; empty for what only looks like a number."""
    if found["mail"]:
        return f"mailto:{quote(found['mail'], safe='@+')}"
    written = found["phone"].replace("(0)", "")
    country = next((code for code in ("+49", "0049") if written.startswith(code)), "0")
    digits = re.sub("[^0-9]", "", written.removeprefix(country))
    if country == "0":
        digits = digits.removeprefix("0")  # behind a bracket
    return f"tel:+49{digits}" if len(digits) in _DIGITS else ""
