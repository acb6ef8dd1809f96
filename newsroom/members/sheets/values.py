"""Parsers of cells. Each takes the text of a cell and raises ValueError with what was expected."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.html import escape

TRUE, FALSE = ("yes", "ja", "true", "1"), ("no", "nein", "false", "0", "")
SEPARATOR = ";"


def text(limit: int) -> Callable[[str], str]:
    """Return a parser of text of at most `limit` characters."""

    def parse(value: str) -> str:
        if len(value) > limit:
            raise ValueError(f"at most {limit} characters, not {len(value)}")
        if any(char == "\x00" or 0xD800 <= ord(char) <= 0xDFFF for char in value):
            raise ValueError("text without broken characters")
        return value

    return parse


def paragraphs(value: str) -> str:
    """Return plain text as HTML: an empty line begins a new paragraph."""
    blocks = text(20_000)(value).replace("\r\n", "\n").split("\n\n")
    parts = [escape(block.strip()).replace("\n", "<br/>") for block in blocks if block.strip()]
    return "".join(f"<p>{part}</p>" for part in parts)


def email(value: str) -> str:
    """Return an address or nothing."""
    try:
        if value:
            validate_email(value)
    except ValidationError:
        raise ValueError("an e-mail address") from None
    return text(254)(value)


def url(value: str) -> str:
    """Return a web address or nothing."""
    try:
        if value:
            URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        raise ValueError("a web address that begins with https://") from None
    return text(200)(value)


def number(low: float, high: float) -> Callable[[str], float | None]:
    """Return a parser of a number between two bounds, both inclusive; nothing is None."""

    def parse(value: str) -> float | None:
        if not value:
            return None
        try:
            found = float(value.replace(",", "."))
        except ValueError:
            found = float("nan")
        if not low <= found <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return found

    return parse


def year(value: str) -> int | None:
    """Return a year or None."""
    found = number(1800, 2100)(value)
    if found is not None and not found.is_integer():
        raise ValueError("a year of four digits")
    return None if found is None else int(found)


def yes_no(value: str) -> bool:
    """Return whether the cell says yes; nothing is no."""
    if value.lower() not in (*TRUE, *FALSE):
        raise ValueError("yes or no")
    return value.lower() in TRUE


def one_of(known: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return a parser of one id; nothing is None."""

    def parse(value: str) -> Any:
        if value and value not in known:
            raise ValueError(f"one of: {_listed(known)}")
        return known[value] if value else None

    return parse


def several_of(known: Mapping[str, Any], what: str = "") -> Callable[[str], list[Any]]:
    """Return a parser of ids separated by semicolons, in the order of `known`, each once."""

    def parse(value: str) -> list[Any]:
        ids = {part.strip() for part in value.split(SEPARATOR) if part.strip()}
        if foreign := sorted(ids - known.keys()):
            raise ValueError(f"{what or _listed(known)}; unknown: {', '.join(foreign)}")
        return [each for name, each in known.items() if name in ids]

    return parse


def _listed(known: Mapping[str, Any]) -> str:
    names = list(known)
    return ", ".join(names[:30]) + (" …" if len(names) > 30 else "")
