"""Which words find what, in which order, and how that is shown."""

from datetime import timedelta

import pytest

from tests.search.rules.asking import Asking, ids
from tests.search.world import NOW, document


class Words(Asking):
    @pytest.mark.parametrize(
        "q",
        [
            "Flüchtlinge", "Fluechtlinge", "Fluchtlinge", "FLÜCHTLINGEN", "Sprachkurs",
            "sprachkurse flüchtlinge", '"Sprachkurse"', "Bundestag", "Strasse", "Hauser",
        ],
    )  # fmt: skip
    def test_spelling_and_inflection_find(self, publish, q):
        publish(
            document("1", "Sprachkurse für Flüchtlinge", body="Bundes·tag, Lange Straße, Häuser."),
            document("2", "Etwas ganz anderes", body="Nichts davon."),
        )
        assert ids(self.find(q)) == ["1"]

    def test_all_words_come_before_any_word(self, publish):
        publish(*(document(str(n), "Deutschkurs Arbeit Wohnen") for n in range(3)))
        publish(document("x", "Deutschkurs allein"))
        result = self.find("Deutschkurs Wohnen")
        assert (sorted(ids(result)), result.is_relaxed) == (["0", "1", "2"], False)

    def test_few_results_with_all_words_are_loosened_and_that_is_told(self, publish):
        publish(document("1", "Deutschkurs"), document("2", "Wohnen"))
        result = self.find("Deutschkurs Wohnen")
        assert (sorted(ids(result)), result.is_relaxed) == (["1", "2"], True)
        assert result.hints

    @pytest.mark.parametrize("q", ["Wohgneld", "Wohngeldd beantragen"])
    def test_typing_errors_are_forgiven(self, publish, q):
        publish(document("1", "Wohngeld beantragen"), document("2", "Kindergeld"))
        assert ids(self.find(q))[0] == "1"

    def test_mistyped_words_together_come_before_one_of_them(self, publish):
        publish(
            document("1", "Wohngeld", body="Wohngeld und noch einmal Wohngeld."),
            document("2", "Meldung", body="Vieles, darunter Wohngeld, für Studierende."),
        )
        assert ids(self.find("Wohngled Studirende")) == ["2", "1"]

    @pytest.mark.parametrize("q", ["Wie bekomme ich Wohngelt?", "Wie bekomme ich Vohngeld?"])
    def test_typing_errors_in_a_sentence_are_forgiven(self, publish, q):
        publish(document("1", "Wohngeld beantragen"), document("2", "Kindergeld"))
        assert ids(self.find(q)) == ["1"]

    def test_typing_errors_in_an_arabic_sentence_are_forgiven(self, publish):
        publish(
            document("1", "استشارة للمهاجرين", language="ar", body="نص"),
            document("2", "دورات", language="ar", body="نص"),
        )
        assert ids(self.find("أين أجد استاشرة؟", language="ar")) == ["1"]

    def test_nothing_found_gives_advice(self, publish):
        publish(document())
        result = self.find("Quantenchromodynamik")
        assert (ids(result), result.total, len(result.hints)) == ([], 0, 1)

    @pytest.mark.parametrize(
        "q", ["?!", '"', "* OR *", "a" * 256, "() AND", "NEAR/2", "{}", "\\", "title:x", "und"]
    )
    def test_operators_are_words_like_others(self, publish, q):
        publish(document())
        assert self.find(q).total == 0

    def test_title_counts_more_than_body(self, publish):
        publish(document("1", "Anderes", body="Beratung " * 2), document("2", "Beratung"))
        assert ids(self.find("Beratung"))[0] == "2"

    def test_without_words_the_newest_comes_first(self, publish):
        publish(*(document(str(n), published_at=NOW - timedelta(days=n)) for n in (2, 1, 3)))
        assert ids(self.find()) == ["1", "2", "3"]
        assert ids(self.find("Sprachkurse", sort="date")) == ["1", "2", "3"]

    def test_highlight_is_encoded(self, publish):
        publish(document(title="<script>Kurs</script> & <mark>", body='Ein "Kurs" <img src=x>'))
        (hit,) = self.find("Kurs").hits
        assert "<mark>Kurs</mark>" in hit.highlight.title
        assert "<mark>Kurs</mark>" in hit.highlight.body
        for html in (hit.highlight.title, hit.highlight.body):
            rest = html.replace("<mark>Kurs</mark>", "")
            assert "<" not in rest

    def test_without_words_the_highlight_is_the_encoded_summary(self, publish):
        publish(document(title="A & B", summary="<b>"))
        (hit,) = self.find().hits
        assert (hit.highlight.title, hit.highlight.body) == ("A &amp; B", "&lt;b&gt;")
