"""Mark found words in text that the database returned. Everything else is HTML-encoded."""

import re
from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.normalise import WORD, word_form

FRAGMENT = 200  # characters shown of a long text
_SPACE = re.compile(r"\s+")


def prefixes(words: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return normalised words as (found as beginning, found whole); short ones only whole."""
    return tuple(w for w in words if len(w) >= MIN_PREFIX), frozenset(words)


MIN_PREFIX = 4  # letters: "haus" may find "hausarzt", "in" must not find "integration"


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Return the whole text as HTML with the words marked."""
    return _render(text, _spans(text, words), 0, len(text))


def fragment(text: str, words: Sequence[str]) -> SafeString | None:
    """Return the part of a long text with most different words as HTML, None without any."""
    text = _SPACE.sub(" ", text)
    spans = _spans(text, words)
    if not spans:
        return None
    best = max(spans, key=lambda span: (_different(spans, span[0]), -span[0]))
    start = _word_border(text, max(0, best[0] - FRAGMENT // 4))
    end = min(len(text), start + FRAGMENT)
    if end < len(text):
        end = text.rfind(" ", start, end) if " " in text[start + 1 : end] else end
    end = max(end, best[1])
    html = _render(text, spans, start, end)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{html}{after}")  # noqa: S308 - encoded by _render


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, word form) of every word of the text that was asked for."""
    beginnings, whole = prefixes(words)
    if not whole:
        return []
    spans = []
    for match in WORD.finditer(text):
        form = word_form(match.group())
        if form and (form in whole or form.startswith(beginnings)):
            spans.append((match.start(), match.end(), form))
    return spans


def _different(spans: list[tuple[int, int, str]], start: int) -> int:
    return len({form for begin, _, form in spans if start <= begin < start + FRAGMENT})


def _word_border(text: str, start: int) -> int:
    if start == 0:
        return 0
    return text.rfind(" ", 0, start + 1) + 1


def _render(text: str, spans: list[tuple[int, int, str]], start: int, end: int) -> SafeString:
    parts = []
    position = start
    for begin, stop, _ in spans:
        if begin < position or stop > end:
            continue
        parts.append(escape(text[position:begin]))
        parts.append(f"<mark>{escape(text[begin:stop])}</mark>")
        position = stop
    parts.append(escape(text[position:end]))
    return mark_safe("".join(parts))  # noqa: S308 - every piece of text is encoded above
