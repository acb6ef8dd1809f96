"""How text becomes words in Elasticsearch: one chain of filters per language.

Analyzers in every index: `text_index` for what is stored, `text_search` for what is asked (it
drops question words and splits no compounds), `plain` for names, without stems, and for suggestions
`beginnings` of what is stored and `typed` for what is asked. Measured: docs/relevance.md. Any
change needs a new `mappings.VERSION`.
"""

from dataclasses import dataclass, field
from typing import Any

from search.stopwords import COMMON_WORDS, QUESTION_WORDS
from search.word_parts import JOINT

Settings = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Chain:
    """What one language adds to the common beginning and end.

    `before` runs on whole words before hyphens are split, `after` on lower-case words. `stop` are
    left out everywhere, `filters` defines the filters named here that need settings.
    """

    stop: str | list[str]
    after: tuple[str, ...]
    before: tuple[str, ...] = ()
    lowercase: Settings = field(default_factory=lambda: {"type": "lowercase"})
    filters: Settings = field(default_factory=dict)
    char_filters: Settings = field(default_factory=dict)


def _stemmer(language: str) -> Settings:
    return {"type": "stemmer", "language": language}


def _cut(pattern: str) -> Settings:
    return {"type": "pattern_replace", "pattern": pattern, "replacement": ""}


# Soft hyphens and the dots of Leichte Sprache (Bundes·tag) stand inside words, not between them.
_SOFT: Settings = {
    "type": "pattern_replace",
    "pattern": "(?<=\\p{L})[\\u00B7\\u00AD\\u2027](?=\\p{L})",
    "replacement": "",
}
# Compounds come with joints (search.word_parts), which count where text is stored: each part is a
# word at the place of the whole. Questions are never split.
_NO_JOINTS: Settings = {"type": "mapping", "mappings": [f"\\u{ord(JOINT):04x}=>"]}
_PARTS: Settings = {"type": "pattern_capture", "patterns": [f"([^{JOINT}]+)"]}
# ZWNJ stands inside Persian words; readers type a space or nothing.
_ZWNJ: Settings = {"type": "mapping", "mappings": ["\\u200C=>\\u0020"]}
# Numbers, paragraph signs and phone numbers survive; hyphens are left to the filters below.
_WORDS: Settings = {"type": "pattern", "pattern": f"[^\\p{{L}}\\p{{N}}\\p{{M}}'’&+§{JOINT}-]+"}
_SPLIT: Settings = {
    "type": "word_delimiter_graph",
    "split_on_case_change": False,
    "split_on_numerics": False,
    "stem_english_possessive": False,
    "type_table": [f"\\u{ord(JOINT):04x} => ALPHA"],
}
# Text is stored in parts and joined ("e", "mail", "email"). A question is only split: joined words
# would make a graph of it, and combined_fields then asks for all words instead of any.
_JOINED: Settings = {**_SPLIT, "catenate_words": True}
_UNIQUE: Settings = {"type": "unique", "only_on_same_position": True}

# Lucene has no Ukrainian stemmer without a plugin: the endings of declension and conjugation.
UKRAINIAN_ENDINGS = (
    "(?<=\\p{L}{3})(?:ування|ення|ання|ами|ями|ові|еві|єві|ого|ому|ими|іми|ієї|ією|ість|істю|ості"
    "|ють|уть|ять|ать|ити|ати|ути|іти|ється|тися|ться|ий|ій|ою|ею|єю|ів|їв|ах|ях|ам|ям|ом|ем|єм"
    "|их|іх|им|ім|ти|ть|[аеєиіїоуюяйь])$"
)

_LANGUAGES: dict[str, _Chain] = {
    "de": _Chain(
        stop="_german_",
        after=("german_normalization", "asciifolding", "stems"),
        filters={"stems": _stemmer("light_german")},
    ),
    "en": _Chain(
        stop="_english_",
        before=("possessive",),
        after=("asciifolding", "stems"),
        filters={
            "possessive": _stemmer("possessive_english"),
            "stems": _stemmer("english"),
        },
    ),
    "fr": _Chain(
        stop="_french_",
        before=("elision",),
        after=("asciifolding", "stems"),
        filters={
            "elision": {
                "type": "elision",
                "articles_case": True,
                "articles": [
                    "l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu",
                    "puisqu",
                ],
            },
            "stems": _stemmer("light_french"),
        },
    ),
    "tr": _Chain(
        stop="_turkish_",
        before=("apostrophe",),
        after=("stems", "asciifolding"),
        lowercase={"type": "lowercase", "language": "turkish"},
        filters={"stems": _stemmer("turkish")},
    ),
    "ru": _Chain(
        stop="_russian_",
        after=("stems",),
        char_filters={"letters": {"type": "mapping", "mappings": ["ё=>е", "Ё=>Е"]}},
        filters={"stems": _stemmer("russian")},
    ),
    "uk": _Chain(
        stop=COMMON_WORDS["uk"],
        after=("asciifolding", "stems"),
        # Three signs are typed for one apostrophe, which readers often leave out.
        char_filters={
            "letters": {
                "type": "mapping",
                "mappings": ["'=>", "’=>", "ʼ=>", "`=>", "ґ=>г", "Ґ=>Г"],
            }
        },
        filters={"stems": _cut(UKRAINIAN_ENDINGS)},
    ),
    "ar": _Chain(
        stop="_arabic_",
        after=("decimal_digit", "arabic_normalization", "asciifolding", "stems"),
        filters={"stems": _stemmer("arabic")},
    ),
    "fa": _Chain(
        stop="_persian_",
        after=("decimal_digit", "arabic_normalization", "persian_normalization", "asciifolding"),
    ),
}  # fmt: skip
_OTHERS = _Chain(
    stop="_none_",
    after=("decimal_digit", "arabic_normalization", "asciifolding"),
)
_PLAIN = [
    "lowercase",
    "decimal_digit",
    "german_normalization",
    "arabic_normalization",
    "asciifolding",
]
# What a reader has typed so far: whole letters and digits, no stems, no stop words.
_TYPED = [
    "lower",
    "decimal_digit",
    "german_normalization",
    "arabic_normalization",
    "persian_normalization",
    "asciifolding",
]
_LETTERS: Settings = {"type": "pattern", "pattern": "[^\\p{L}\\p{N}\\p{M}]+"}
# Arabic words also begin behind their article.
_ARTICLE: Settings = _cut("^(?:[وفبكل]?ال|لل)(?=.{3})")
_BEGINNINGS: Settings = {
    "type": "edge_ngram", "min_gram": 1, "max_gram": 15, "preserve_original": True,
}  # fmt: skip


def settings_for(language: str) -> Settings:
    """Return the analysis settings of an index; a variant (de-x-leicht) reads as its base."""
    base = language.partition("-")[0]
    chain = _LANGUAGES.get(base, _OTHERS)
    char_filters = ["soft", "zwnj", *chain.char_filters]
    words = ["lower", "stop_words", *chain.after]
    parts = ["parts", "whole"] if base == "de" else []
    return {
        "char_filter": {
            "soft": _SOFT, "zwnj": _ZWNJ, "no_joints": _NO_JOINTS, **chain.char_filters,
        },
        "tokenizer": {"words": _WORDS, "letters": _LETTERS},
        "filter": {
            "joined": _JOINED,
            "split": _SPLIT,
            "parts": _PARTS,
            "whole": _cut(JOINT),
            "lower": chain.lowercase,
            "stop_words": {"type": "stop", "stopwords": chain.stop},
            "question_words": {"type": "stop", "stopwords": QUESTION_WORDS.get(base, [])},
            "once": _UNIQUE,
            "article": _ARTICLE,
            "with_article": {"type": "multiplexer", "filters": ["article"]},
            "beginnings": _BEGINNINGS,
            **chain.filters,
        },
        "analyzer": {
            "text_index": {
                "type": "custom",
                "char_filter": char_filters,
                "tokenizer": "words",
                "filter": [
                    *chain.before, "joined", "flatten_graph",
                    "lower", *parts, "stop_words", *chain.after, "once",
                ],
            },
            "text_search": {
                "type": "custom",
                "char_filter": char_filters,
                "tokenizer": "words",
                "filter": [*chain.before, "split", *words[:1], "question_words", *words[1:]],
            },
            "plain": {
                "type": "custom",
                "char_filter": ["no_joints", *char_filters],
                "tokenizer": "standard",
                "filter": _PLAIN,
            },
            "beginnings": {
                "type": "custom",
                "char_filter": ["no_joints", *char_filters],
                "tokenizer": "letters",
                "filter": [*_TYPED, "with_article", "beginnings"],
            },
            "typed": {
                "type": "custom",
                "char_filter": ["no_joints", *char_filters],
                "tokenizer": "letters",
                "filter": _TYPED,
            },
        },
    }  # fmt: skip
