"""Parts of German compounds, by which "Kurs" finds "Integrationskurse"."""

from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "words" / "parts.de.txt"


@cache
def german() -> tuple[str, ...]:
    """Return the parts in lower case; lines that begin with # are remarks."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    words = (line.strip() for line in lines if not line.startswith("#"))
    return tuple(dict.fromkeys(word for line in words for word in line.split()))
