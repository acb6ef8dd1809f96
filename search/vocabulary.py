"""The words of public documents, by which typing errors are told and forgiven.

Elasticsearch finds words that look nearly like another by itself, but that takes it ten times as
long as all the rest: it is asked for them only where no document has a word, and in a sentence not
at all. Known words in place of a mistyped one are found here, on every vendor. The worker fills the
table, and only from what is public: a word of an embargoed document must not even change how others
are found. No reader ever sees a word of it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from search import normalise, typos
from search.models import UnreadDocument, Word

BATCH = 200  # documents in one go of the worker
EDGE = 3  # letters at either end of a word, one of which must be typed well
MAX_CANDIDATES = 5_000  # words looked at for one that was mistyped
MAX_FOUND = 8  # words taken for one that was mistyped
MAX_MISTYPED = 3  # words of a sentence; one with more is in a language that no document is in


def learn_due(*, now: datetime, limit: int = BATCH) -> int:
    """Learn the words of up to `limit` changed documents that are public; return how many.

    A duty of the worker. Words stay when their documents go: they find nothing then.
    """
    due = UnreadDocument.objects.filter(document__visible_from__lte=now)
    texts = due.order_by("pk").values_list(
        "pk", "document__title_n", "document__summary_n", "document__labels_n", "document__body_n"
    )[:limit]
    read = list(texts)
    words = {word for _, *columns in read for text in columns for word in text.split()}
    with transaction.atomic():
        # Sorted, so that two workers never wait for each other crosswise.
        Word.objects.bulk_create(_new(sorted(words)), ignore_conflicts=True, batch_size=500)
        UnreadDocument.objects.filter(pk__in=[pk for pk, *_ in read]).delete()
    return len(read)


def _new(words: Sequence[str]) -> Iterable[Word]:
    for word in words:
        if typos.forgiven(word):
            yield Word(
                word=word, length=len(word), start=word[:EDGE], end=word[-EDGE:],
                letters=typos.letters(word),
            )  # fmt: skip


def unknown(words: Sequence[str]) -> list[str]:
    """Return the words that stand in no document and are long enough to be mistyped."""
    asked = [word for word in words if typos.forgiven(word)]
    known = set(Word.objects.filter(word__in=asked).values_list("word", flat=True))
    return [word for word in asked if word not in known]


def mistyped(text: str) -> tuple[str, ...]:
    """Return the words of a text, as they are typed, that stand in no document and may be errors.

    All of them, until the worker has learned the first words.
    """
    typed = {normalise.word_form(word): word for word in normalise.words(text)}
    return tuple(typed[form] for form in unknown(list(typed)))


def meant(text: str) -> tuple[tuple[str, ...], ...]:
    """Return for each word of a text that may be mistyped the known words nearest to it.

    Empty where more than MAX_MISTYPED words are unknown.
    """
    wrong = unknown(list(dict.fromkeys(normalise.tokens(text))))
    if len(wrong) > MAX_MISTYPED:
        return ()
    return tuple(found for word in wrong if (found := nearest(word)))


def nearest(word: str) -> tuple[str, ...]:
    """Return known words that differ from a normalised one by a typing error or two.

    The nearest come first; the word itself is not among them.
    """
    errors = typos.forgiven(word)
    if not errors:
        return ()
    candidates = Word.objects.filter(
        Q(start=word[:EDGE]) | Q(end=word[-EDGE:]),
        length__range=(len(word) - errors, len(word) + errors),
    ).values_list("word", "letters")[:MAX_CANDIDATES]
    letters = typos.letters(word)
    found = []
    for other, of_other in candidates:
        if other != word and typos.may_be_near(letters, of_other, errors=errors):
            apart = typos.distance(word, other, limit=errors)
            if apart <= errors:
                found.append((apart, other))
    return tuple(other for _, other in sorted(found)[:MAX_FOUND])
