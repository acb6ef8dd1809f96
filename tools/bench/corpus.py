"""Made-up documents of a real size and word distribution, the same in every run."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from search import normalise, vocabulary
from search.models import SearchDocument, SearchTerm, UnreadDocument
from search.suggestions.words import stored_words

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 500  # rows stored at once
WORDS = 20_000  # different words
MISTYPED = 10  # one in so many questions lacks a letter
HEADS = (
    "sprachkurs beratung hilfe arbeit wohnung ausbildung familie gesundheit verein kinder "
    "schule antrag bildung ehrenamt treffen integration anerkennung migration rathaus "
    "treffpunkt"
)
SYLLABLES = (
    "ab an auf be ver ent er ge haus land berg stadt kreis amt werk tag zeit recht schutz geld "
    "hof markt platz weg bau plan rat kraft stelle ort wald bach tal hilf lehr fach"
)


class Vocabulary:
    """Words whose frequencies fall as in real text: the n-th is n times rarer than the first.

    The words are always the same; which are drawn one after the other depends on `seed`.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(1)  # noqa: S311 - measurements, not secrets
        made: dict[str, None] = dict.fromkeys(HEADS.split())
        parts = SYLLABLES.split()
        while len(made) < WORDS:
            made["".join(self.random.choices(parts, k=self.random.randint(2, 4)))] = None
        self.words = list(made)
        self._weights = [1 / (rank + 10) for rank in range(WORDS)]
        self.random.seed(seed)

    def text(self, count: int) -> str:
        """Return `count` words."""
        words = self.random.choices(self.words, self._weights, k=count)
        return " ".join(word.capitalize() if len(word) > 6 else word for word in words)


def store(
    count: int, *, regions: Sequence[tuple[str, Sequence[str]]], topics: Sequence[str]
) -> None:
    """Fill the table with `count` rows that no index has seen, and learn their words.

    `regions` are keys with their paths; each row has one of them, a topic and about 1.7 KB.
    """
    made_up = Vocabulary(seed=1)
    batch: list[SearchDocument] = []
    for number in range(count):
        batch.append(_row(number, made_up, regions, topics))
        if len(batch) == BATCH:
            _insert(batch)
            batch = []
    _insert(batch)
    while vocabulary.learn_due(now=timezone.now(), limit=BATCH):
        pass


def questions(count: int) -> Iterator[str]:
    """Yield `count` questions of one to three words of the documents, one in ten mistyped."""
    made_up = Vocabulary(seed=2)
    for number in range(count):
        words = made_up.text(1 + number % 3)
        if number % MISTYPED == 0:
            place = made_up.random.randrange(1, len(words))
            words = words[:place] + words[place + 1 :]
        yield words


def _row(
    number: int,
    vocabulary: Vocabulary,
    regions: Sequence[tuple[str, Sequence[str]]],
    topics: Sequence[str],
) -> SearchDocument:
    chosen = vocabulary.random
    key, path = chosen.choice(regions)
    title, summary = vocabulary.text(7), vocabulary.text(25)
    body = vocabulary.text(180)
    moment = NOW - timedelta(minutes=number)
    return SearchDocument(
        kind=chosen.choice(("release", "offer")), item=f"bench-{number}", language="de",
        title=title, summary=summary, body=body, url=f"/de/{number}/",
        regions=[key], region_paths=sorted(path),
        facets={"topic": [chosen.choice(topics)]}, labels=[],
        answers_for=["ar", "de", "en"],
        published_at=moment, visible_from=moment, changed_at=moment,
        title_n=normalise.normalise(title), summary_n=normalise.normalise(summary),
        body_n=normalise.normalise(body), version=1, content_hash=f"{number:064x}",
    )  # fmt: skip


def _insert(rows: list[SearchDocument]) -> None:
    stored = SearchDocument.objects.bulk_create(rows)
    terms = []
    for row in stored:
        values = {
            *((f"answers_for:{reader}", row.language) for reader in row.answers_for),
            *(("region", value) for value in row.regions),
            *(("region_path", value) for value in row.region_paths),
            *((f"facet:{name}", id_) for name, ids in row.facets.items() for id_ in ids),
            *(("word", word) for word in stored_words([row.title])),
        }
        terms += [SearchTerm(document=row, field=field, value=value) for field, value in values]
    SearchTerm.objects.bulk_create(terms)
    UnreadDocument.objects.bulk_create(UnreadDocument(document=row) for row in stored)
