"""Rich text as plain text, for sheets and for other systems."""

import html
import re

from django.utils.html import strip_tags

_BREAKS = ((r"<br\s*/?>", "\n"), (r"</(p|h2|h3|ul|ol)>", "\n\n"), (r"<li[^>]*>", "- "))


def as_text(rich: str) -> str:
    """Return rich text as plain text: an empty line between paragraphs, a dash before an item."""
    text = rich.replace("</li>", "\n")
    for pattern, replacement in _BREAKS:
        text = re.sub(pattern, replacement, text)
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in _plain(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plain(text: str) -> str:
    return html.unescape(strip_tags(text))


def is_same(rich: str, other: str) -> bool:
    """Return whether two rich texts say the same; then the better formatted one stays."""
    return as_text(rich) == as_text(other)
