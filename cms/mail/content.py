"""What may stand in a mail. Pure: no database, no clock."""

import hashlib
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MAX_ADDRESS = 254  # characters, RFC 5321
MAX_SUBJECT = 200  # characters
MAX_BODY = 50_000  # characters
# Controls, unpaired surrogates, line and paragraph separators: some of them begin a new header,
# some cannot be stored or sent.
_UNWANTED = {"Cc", "Cs", "Zl", "Zp"}
_ADDRESS = re.compile(r"[^\s<>()\[\]{},;:'\"@]+@[^\s<>()\[\]{},;:'\"@]+")


def is_address(text: str) -> bool:
    """Return whether `text` is one plain address: no name, no comment, no second one."""
    if len(text) > MAX_ADDRESS or not text.isprintable() or set(text) & set(' ",;<>()\\'):
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def one_line(text: str) -> str:
    """Return `text` as a header can carry it: one line, at most MAX_SUBJECT characters."""
    words = "".join(" " if unicodedata.category(c) in _UNWANTED else c for c in text).split()
    line = " ".join(words)
    return line if len(line) <= MAX_SUBJECT else line[: MAX_SUBJECT - 1] + "…"


def plain(text: str) -> str:
    """Return `text` as a body: lines end in a line feed, no other control but the tab."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in _UNWANTED)
    return "".join(kept)[:MAX_BODY]


def masked(text: str) -> str:
    """Return `text` with every address in it cut to its first letter and its domain's end."""
    return _ADDRESS.sub(lambda found: _mask(found.group()), text)


def message_id(*, key: str, host: str) -> str:
    """Return the Message-ID of the mail of that key, in angle brackets; always the same."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host or 'localhost'}>"


def _mask(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@…{domain.rpartition('.')[2][:6]}"
