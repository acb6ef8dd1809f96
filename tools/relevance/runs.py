"""The runs: questions in their own language, with a typing error, across languages; short ones."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from tools.relevance import data, shorts
from tools.relevance.corpus import Corpus, on_server
from tools.relevance.engines import Baseline, Engine, service
from tools.relevance.errors import with_error
from tools.relevance.measure import gain, mean
from tools.relevance.report import Results

# A question, the reader's language, the page that is right.
Asked = Iterable[tuple[str, str, str]]


class Runs:
    """What to measure on which part of the judged data."""

    def __init__(
        self,
        path: Path,
        *,
        part: str,
        short_part: str,
        sets: Collection[str],
        engines: Sequence[str],
        with_baselines: bool,
        every: int = 1,
    ) -> None:
        self._pages = data.pages(path)
        self._questions = [
            question
            for language in data.LANGUAGES
            for question in [q for q in data.questions(path, part) if q.language == language][
                ::every
            ]
        ]
        self._shorts = [q for q in shorts.queries(self._pages) if q.part == short_part][::every]
        self._sets = sets
        self._engines = engines
        self._with_baselines = with_baselines

    def on(self, url: str) -> Results:
        """Measure on the Elasticsearch at `url`; its own indices are removed afterwards."""
        results: Results = {}
        on_server(url, lambda: self._measure(results))
        return results

    def _measure(self, results: Results) -> None:
        corpus = Corpus(self._pages)
        if "across" in self._sets:
            corpus.show(["de"])
            results["across"] = self._across()
        if {"questions", "mistyped", "short"} & set(self._sets):
            corpus.show(data.LANGUAGES)
        if "questions" in self._sets:
            results["questions"] = self._same_language()
        if "mistyped" in self._sets:
            results["mistyped"] = self._mistyped()
        if "short" in self._sets:
            results["short"] = self._short()

    def _across(self) -> dict[str, dict[str, float]]:
        baselines = self._baselines("de")
        baselines.pop("wagtail default", None)  # finds nothing at all
        return {
            f"{language} > de": self._row(baselines, _texts(self._of(language)))
            for language in data.LANGUAGES
            if language != "de"
        }

    def _same_language(self) -> dict[str, dict[str, float]]:
        return {
            language: self._row(self._baselines(language), _texts(self._of(language)))
            for language in data.LANGUAGES
        }

    def _mistyped(self) -> dict[str, dict[str, float]]:
        return {
            language: self._row({}, _texts(filter(None, map(with_error, self._of(language)))))
            for language in data.LANGUAGES
        }

    def _short(self) -> dict[str, dict[str, float]]:
        baselines = self._baselines("de")
        rows = {
            kind: self._row(baselines, [(q.text, "de", q.page) for q in self._shorts_of(kind)])
            for kind in shorts.CLASSES
        }
        engines = next(iter(rows.values()))
        rows["mean"] = {engine: mean(row[engine] for row in rows.values()) for engine in engines}
        return rows

    def _of(self, language: str) -> list[data.Question]:
        return [question for question in self._questions if question.language == language]

    def _shorts_of(self, kind: str) -> Iterator[shorts.Query]:
        return (query for query in self._shorts if query.kind == kind)

    def _baselines(self, language: str) -> dict[str, Engine]:
        if not self._with_baselines:
            return {}
        baseline = Baseline(language, [p for p in self._pages if p.language == language])
        return {"wagtail default": baseline.all_words, "any word": baseline.any_word}

    def _row(self, others: dict[str, Engine], asked: Asked) -> dict[str, float]:
        asked = list(asked)
        row = {}
        for name in self._engines:
            with _answered_by(name):
                row[name] = _score(service, asked)
        return row | {name: _score(engine, asked) for name, engine in others.items()}


def _texts(questions: Iterable[data.Question]) -> Asked:
    return [(question.text, question.language, question.page) for question in questions]


def _score(engine: Engine, asked: Asked) -> float:
    return mean(gain(engine(text, language), page) for text, language, page in asked)


@contextmanager
def _answered_by(engine: str) -> Iterator[None]:
    url = settings.ELASTICSEARCH_URL if engine == "elasticsearch" else ""
    with override_settings(ELASTICSEARCH_URL=url):
        yield
