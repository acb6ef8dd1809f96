"""Which language version answers."""

import pytest

from tests.search.rules.asking import Asking, ids
from tests.search.world import document


class Languages(Asking):
    def test_item_answers_once_in_the_best_language(self, publish):
        publish(
            document("1", "Sprachkurse"),
            document("1", "دورات اللغة", language="ar"),
            document("2", "Sprachkurse"),
        )
        german = self.find(language="de")
        arabic = self.find(language="ar")
        english = self.find(language="en")
        assert {(hit.id, hit.language) for hit in german.hits} == {("1", "de"), ("2", "de")}
        assert {(hit.id, hit.language) for hit in arabic.hits} == {("1", "ar"), ("2", "de")}
        assert {(hit.id, hit.language) for hit in english.hits} == {("1", "de"), ("2", "de")}

    @pytest.mark.parametrize("q", ["دورات", "اللغة", "لغة", "دَوْرات"])
    def test_arabic_is_found_without_signs_and_article(self, publish, q):
        publish(
            document("1", "دورات اللغة الألمانية", language="ar", body="نص"),
            document("2", "Anderes"),
        )
        assert ids(self.find(q, language="ar")) == ["1"]

    def test_labels_in_foreign_languages_find_the_german_document(self, publish):
        publish(
            document("1", "Deutsch lernen", labels=("Sprache", "Language", "اللغة")),
            document("2", "Wohnen"),
        )
        assert ids(self.find("اللغة", language="ar")) == ["1"]
        assert ids(self.find("language", language="en")) == ["1"]

    def test_own_language_comes_first(self, publish):
        publish(
            document("1", "Café Café Café", body="Café " * 20),
            document("2", "Meeting", language="en", body="A café for everybody and much more text"),
        )
        assert ids(self.find("Café", language="en")) == ["2", "1"]
