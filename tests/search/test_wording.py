"""What a reader's words become in a request."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import assume, given
from hypothesis import strategies as st

from search.query import relaxed, sentence, strict
from search.results import Criteria
from search.shape import content_words
from search.synonyms import Group

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIELDS = ["title^3", "summary^1.5", "labels", "body"]
TYPED_FIELDS = ["title.plain^3", "summary.plain^1.5", "labels.plain", "body.plain"]


def test_only_words_that_no_document_has_may_be_mistyped():
    asked = Criteria(q="Kurs Wolfenbütel heute", language="de", now=NOW, mistyped=("Wolfenbütel",))
    (words,) = relaxed(asked)["query"]["bool"]["must"]
    should = words["bool"]["should"]
    (forgiven,) = [each["multi_match"] for each in should if "multi_match" in each]
    every = should[1]["constant_score"]["filter"]["bool"]["must"]

    assert forgiven["query"] == "Wolfenbütel"
    assert every == [{"multi_match": forgiven}, _every("Kurs heute")]

    known = replace(asked, mistyped=())
    assert "fuzziness" not in str(relaxed(known))
    assert "30" not in str(relaxed(known)["query"]["bool"]["must"])


def test_several_words_are_preferred_as_typed_all_of_them_and_side_by_side():
    asked = Criteria(q="Kurs Abend", language="de", now=NOW)
    wishes = [
        {
            "combined_fields": {
                "query": "Kurs Abend", "fields": TYPED_FIELDS, "operator": "or", "boost": 2.0,
            }
        },
        {"combined_fields": {"query": "Kurs Abend", "fields": TYPED_FIELDS, "operator": "and"}},
        {"match_phrase": {"body": {"query": "Kurs Abend", "slop": 3}}},
    ]  # fmt: skip
    (tight,) = strict(asked)["query"]["bool"]["must"]
    (loose,) = relaxed(asked)["query"]["bool"]["must"]
    assert tight["bool"]["should"][1:] == wishes
    assert all(wish in loose["bool"]["should"] for wish in wishes)


def _every(words):
    return {"combined_fields": {"query": words, "fields": FIELDS, "operator": "and"}}


def test_sentence_asks_for_any_word_its_synonyms_its_translation_and_what_is_meant():
    asked = Criteria(
        q="Where is a nursery?",
        language="en",
        now=NOW,
        is_sentence=True,
        groups=(Group(("nurseri",), own=("daycare",), source=("Kita", "Kindergarten")),),
        source_language="de",
        meant=(("nurser", "nurs"),),
    )
    (words,) = sentence(asked)["query"]["bool"]["must"]
    assert words == {
        "bool": {
            "should": [
                {
                    "combined_fields": {
                        "query": "nursery",
                        "fields": FIELDS,
                        "operator": "or",
                    }
                },
                {"match": {"title": {"query": "nursery", "boost": 0.3}}},
                {
                    "bool": {
                        "boost": 2.0,
                        "filter": [{"term": {"language": "de"}}],
                        "should": [
                            {
                                "dis_max": {
                                    "queries": [_every("Kita"), _every("Kindergarten")],
                                    "boost": 1.0,
                                }
                            }
                        ],
                        "minimum_should_match": 1,
                    }
                },
                {"dis_max": {"queries": [_every("daycare")], "boost": 0.2}},
                {"dis_max": {"queries": [_every("nurser"), _every("nurs")], "boost": 1.0}},
            ],
            "minimum_should_match": 1,
        }
    }


@given(st.text(min_size=1, max_size=256))
def test_words_of_readers_stand_only_where_they_are_analysed(q):
    """Replacing the words changes nothing but the values named "query"."""

    def without_words(node, name=""):
        if isinstance(node, dict):
            return {key: without_words(value, key) for key, value in node.items()}
        if isinstance(node, list):
            return [without_words(value) for value in node]
        return "WORDS" if name == "query" else node

    assume(q.split())
    asked = Criteria(q=q, language="de", now=NOW)
    for build, words in (
        (strict, q), (relaxed, q), (sentence, content_words(q, "de")),
    ):  # fmt: skip
        plain = Criteria(q=" ".join("x" for _ in words.split()), language="de", now=NOW)
        assert without_words(build(asked)) == without_words(build(plain))
