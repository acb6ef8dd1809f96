"""The file of terms."""

import json

import pytest

from newsroom.vocabularies.models import Term
from newsroom.vocabularies.services import TERMS, load_terms

LANGUAGES = {"de", "de-x-leicht", "en", "ar", "fa", "tr", "ru", "uk", "fr"}


def test_every_term_has_a_label_in_every_content_language():
    content = json.loads(TERMS.read_text(encoding="utf-8"))
    assert set(content) == set(Term.Vocabulary.values)
    for vocabulary, entries in content.items():
        slugs = [entry["slug"] for entry in entries]
        assert len(slugs) == len(set(slugs)), vocabulary
        for entry in entries:
            assert set(entry["labels"]) == LANGUAGES, entry["slug"]
            assert all(entry["labels"].values()), entry["slug"]
        assert len({entry["labels"]["de"] for entry in entries}) == len(entries), vocabulary


def test_every_topic_names_its_iptc_media_topics():
    content = json.loads(TERMS.read_text(encoding="utf-8"))
    assert all(entry["iptc"] for entry in content["topic"])


@pytest.mark.django_db
def test_loading_the_terms_again_changes_nothing():
    before = list(Term.objects.order_by("pk").values())
    load_terms()
    assert list(Term.objects.order_by("pk").values()) == before
