"""Parts of German compounds, by which "Kurs" finds "Integrationskurse"."""

from functools import cache, lru_cache
from pathlib import Path

from search.normalise import WORD, fold, word_form

FILE = Path(__file__).parent / "words" / "parts.de.txt"


@cache
def german() -> tuple[str, ...]:
    """Return the parts in lower case; lines that begin with # are remarks."""
    return _read(FILE)


@cache
def ambiguous() -> tuple[str, ...]:
    """Return common words that are names of municipalities, too; of the parts only a few."""
    return _read(FILE.with_name("ambiguous.de.txt"))


def _read(path: Path) -> tuple[str, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    words = (line.strip() for line in lines if not line.startswith("#"))
    return tuple(dict.fromkeys(word for line in words for word in line.split()))


MIN_COMPOUND = 8  # letters
MIN_PART = 4
_LINKS = ("", "s", "es", "n", "en")


def with_parts(text: str, language: str) -> str:
    """Return a text as the database stores it: normalised words, German compounds also in parts.

    What Elasticsearch's decompounder does to the index; a question is never split.
    """
    words = []
    for found in WORD.findall(text):
        words.append(word_form(found))
        if language.partition("-")[0] == "de" and len(found) >= MIN_COMPOUND:
            words.extend(split(fold(found)))
    return " ".join(filter(None, words))


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[str, ...]:
    """Return the parts of a folded compound, normalised; nothing unless all of it is parts."""
    parts = _split(word, len(word))
    return tuple(word_form(part) for part in parts) if parts and len(parts) > 1 else ()


def _split(word: str, end: int) -> list[str] | None:
    """Return known parts that make up word[:end], the last one as long as possible."""
    if end == 0:
        return []
    for start in range(0, end - MIN_PART + 1):
        part = word[start:end]
        if part not in _folded() and word_form(part) not in _folded():
            continue
        for link in _LINKS if start else ("",):
            if word[:start].endswith(link):
                before = _split(word, start - len(link))
                if before is not None:
                    return [*before, part]
    return None


@cache
def _folded() -> frozenset[str]:
    return frozenset(form for word in german() for form in (fold(word), word_form(word)))
