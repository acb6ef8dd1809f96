from search.merge import Scored, merge

LEARNED = frozenset({"de", "en"})


def keys(words, meanings, *, language="de", is_sentence=True):
    merged = merge(
        [Scored(key, 1, score) for key, score in words.items()],
        [Scored(key, 1, score) for key, score in meanings.items()],
        language=language, learned=LEARNED, is_sentence=is_sentence,
    )  # fmt: skip
    return [hit.key for hit in merged]


def test_meaning_reorders_words_and_each_hit_comes_once():
    assert keys({"p/1/de": 10, "p/2/de": 9}, {"p/2/de": 0.5, "p/3/de": 0.4}) == [
        "p/2/de", "p/1/de", "p/3/de",
    ]  # fmt: skip


def test_own_language_comes_before_better_hits_in_others():
    assert keys({"p/1/de": 90, "p/2/en": 1}, {"p/1/de": 0.9}, language="en") == [
        "p/2/en", "p/1/de",
    ]  # fmt: skip


def test_few_words_keep_what_has_them_all_on_top():
    words, meanings = {"p/1/de": 100, "p/2/de": 40}, {"p/2/de": 0.9}
    assert keys(words, meanings, is_sentence=False)[0] == "p/1/de"


def test_without_meaning_the_words_keep_their_order():
    assert keys({"p/1/de": 3, "p/2/de": 2, "p/3/de": 1}, {}) == ["p/1/de", "p/2/de", "p/3/de"]


def test_best_of_a_poor_lot_of_words_counts_less_beside_the_meaning():
    meanings = {"p/2/de": 0.5}
    assert keys({"p/1/de": 30}, meanings) == ["p/1/de", "p/2/de"]
    assert keys({"p/1/de": 3}, meanings) == ["p/2/de", "p/1/de"]
