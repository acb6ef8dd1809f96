"""The judged questions (OMoS-QA): real pages for newcomers, questions whose page is known.

They are not part of the repository: see the README beside the data for source and licence.
"""

import gzip
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LANGUAGES = ("de", "en", "fr", "ar", "uk")


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language; `id` is the same in every language."""

    id: str
    language: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question in one language and the page that answers it."""

    language: str
    text: str
    page: str


def folder() -> Path | None:
    """Return where the data lies (GESAMTSCHAU_DATA, or ../shared/data), None without it."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    path = Path(os.environ.get("GESAMTSCHAU_DATA") or beside) / "relevance"
    return path if (path / "pages.jsonl.gz").exists() else None


def pages(path: Path) -> list[Page]:
    """Return all pages in all languages."""
    # The first line of the text repeats the title; page ids hold a slash, item ids none.
    return [
        Page(
            entry["page"].replace("/", "-"), entry["language"], entry["title"],
            entry["text"].removeprefix(entry["title"]).strip(),
        )
        for entry in _lines(path / "pages.jsonl.gz")
    ]  # fmt: skip


def questions(path: Path, part: str) -> list[Question]:
    """Return the questions of a part: "train" to tune on, "dev" to report."""
    return [
        Question(entry["language"], entry["question"], entry["page"].replace("/", "-"))
        for entry in _lines(path / f"questions_{part}.jsonl.gz")
    ]


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]
