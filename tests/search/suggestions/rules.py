"""The rules of suggestions and advice, written once for both engines (see tests.search.rules)."""

from datetime import timedelta

import pytest

from search.params import SuggestParams
from search.suggestions.service import suggest
from tests.search.rules import find, offer
from tests.search.rules.asking import Asking
from tests.search.world import BRAUNSCHWEIG, CREMLINGEN, LANDKREIS, NOW, STADT, document

HOUR = timedelta(hours=1)


def typed(q, *, now=NOW, language="de", limit=8):
    return suggest(SuggestParams(language=language, q=q, limit=limit), now=now)


def items(result):
    return [each.id for each in result.items if each.type == "item"]


class SuggestionRules(Asking):
    def items(self, q, **options):
        result = typed(q, **options)
        assert (result.backend, result.degraded) == (self.backend, False)
        return items(result)

    # While somebody types

    def test_beginnings_of_words_suggest_however_they_are_written(self, publish):
        publish(
            document("1", "Sprachkurse für Flüchtlinge"),
            document("2", "Anderes", names=("DRK-Kreis",)),
            document("3", "Das ganze Übrige", body="Sprachkurse", summary="Sprachkurse"),
        )
        for q in ("Sp", "sprachkurs", "Sprachkurse", "flüch", "Fluech", "Fluchtl", "flü spr"):
            assert self.items(q) == ["1"], q
        assert self.items("drk") == self.items("Kreis") == ["2"]
        assert self.items("übr") == self.items("ueb") == ["3"]
        assert self.items("S") == self.items("?") == self.items("") == []
        assert self.items("sprachxx") == []

    def test_arabic_and_persian_are_suggested_without_signs_and_article(self, publish, settings):
        settings.WAGTAIL_CONTENT_LANGUAGES = [("de", ""), ("ar", ""), ("fa", "")]
        publish(
            document("1", "الدورات اللغوية", language="ar"),
            document("2", "کلاس‌های زبان آلمانی", language="fa"),
        )
        assert self.items("الدو", language="ar") == self.items("دو", language="ar") == ["1"]
        assert self.items("دَور", language="ar") == ["1"]
        assert self.items("كلا", language="fa") == self.items("زبا", language="fa") == ["2"]

    def test_only_what_the_search_would_show_now_is_suggested(self, publish, world):
        gone = document("gone", "Geheimnis verraten")
        publish(
            document("early", "Geheimnis morgen", visible_from=NOW + HOUR),
            document("over", "Geheimnis gestern", visible_until=NOW),
            document("ends", "Geheimnis heute", visible_until=NOW + HOUR),
            gone,
        )
        assert sorted(self.items("gehei")) == ["ends", "gone"]
        assert sorted(self.items("gehei", now=NOW + HOUR)) == ["early", "gone"]
        world.remove(gone)  # not shipped yet
        assert self.items("gehei") == ["ends"]
        self.settle()
        assert self.items("gehei") == ["ends"]

    def test_an_item_is_suggested_once_in_the_language_that_answers(self, publish):
        publish(document("1", "Café Welt"), document("1", "Café World", language="en"))
        english = typed("café", language="en")
        assert [(each.id, each.language, each.text) for each in english.items] == [
            ("1", "en", "Café World")
        ]
        assert self.items("world", language="de") == []

    def test_places_and_words_of_vocabularies_stand_before_items(self, publish):
        publish(document("1", "Wolfenbüttel spricht"), document("2", "Sprachen"))
        found = typed("spra").items
        assert [(each.type, each.text, dict(each.parameters)) for each in found] == [
            ("value", "Sprache", {"topic": "language"}),
            ("item", "Sprachen", {}),
        ]
        found = typed("wolf", limit=3).items
        assert [(each.type, each.text) for each in found] == [
            ("place", "Landkreis Wolfenbüttel"),
            ("item", "Wolfenbüttel spricht"),
        ]

    def test_text_stays_text_and_the_limit_holds(self, publish):
        publish(*(document(str(n), f"Kurs {n} <b>&amp;") for n in range(9)))
        found = typed("kurs", limit=5).items
        assert len(found) == 5
        assert all(each.text.endswith(" <b>&amp;") for each in found)

    # Did you mean

    @pytest.mark.parametrize(
        ("q", "meant"),
        [
            ("Sprchkurs", "Sprachkurs"),
            ("sprachkrus abends", "Sprachkurs abends"),
            ("Betreung", "Betreuung"),
        ],
    )
    def test_misspelt_words_are_corrected_by_words_of_public_documents(self, publish, q, meant):
        publish(document("1", "Sprachkurs abends"), document("2", "Betreuung"))
        spelling = find(q).advice.spelling
        assert (spelling.text, spelling.parameters, spelling.total) == (meant, {"q": (meant,)}, 1)

    def test_no_word_of_what_is_hidden_is_offered(self, publish, world):
        gone = document("gone", "Rücktritt", body="")
        publish(
            document("early", "Rücktritt", visible_from=NOW + HOUR),
            document("over", "Rücktritt", visible_until=NOW),
            gone,
        )
        assert find("Rükctritt").advice.spelling.text == "Rücktritt"
        world.remove(gone)  # not shipped yet
        assert find("Rükctritt").advice.spelling is None
        self.settle()
        assert find("Rükctritt").advice.spelling is None

    def test_words_that_exist_are_no_errors(self, publish):
        publish(document("1", "Haus"), document("2", "Maus", body="Nur im Text: Sprachkurt."))
        publish(*(document(f"{n}", "Kurs Haus") for n in range(3, 6)))
        assert find("Kurs Maus").advice.spelling is None
        assert find("Sprachkurt Haus").advice.spelling is None
        assert find("Kurs Haus").advice.spelling is None
        assert find("Quantenchromodynamik").advice.spelling is None
        publish(offer("9", "Sprachkurs"))
        assert find("Sprachkurd", kinds=("offer",)).advice.spelling.text == "Sprachkurs"
        # Known, though no offer has it.
        assert find("Sprachkurt", kinds=("offer",)).advice.spelling is None

    # Places

    def test_places_in_words_are_offered_and_never_applied(self, publish):
        publish(
            document("1", "Sprachkurs", places=(STADT,)),
            document("2", "Sprachkurs", places=(BRAUNSCHWEIG,)),
        )
        result = find("Sprachkurs Wolfenbüttel")
        assert {hit.id for hit in result.hits} == {"1", "2"}
        assert [(each.place.key, each.parameters["q"]) for each in result.advice.places] == [
            (LANDKREIS.key, ("Sprachkurs",)),
            (STADT.key, ("Sprachkurs",)),
        ]
        (offered,) = find("Sprachkurs in 38300").advice.places
        assert offered.parameters == {"q": ("Sprachkurs",), "region": (STADT.key,)}
        assert find("Sprachkurs Wolfenbüttel", region=STADT.key).advice.places == ()

    # Nothing found

    def test_ways_out_of_nothing_lead_to_results(self, publish):
        publish(
            document("1", "Sprachkurs", facets={"topic": ("work",)}, places=(LANDKREIS,)),
            offer("2", places=(BRAUNSCHWEIG,)),
        )
        nothing = find(
            "Sprachkurs", region=CREMLINGEN.key, kinds=("release",), facets={"topic": ("work",)}
        )
        assert nothing.total == 0
        assert [(way.reason, way.parameters, way.total) for way in nothing.advice.ways_out] == [
            ("wider_region", {"region": ("03158",), "postal_code": ()}, 1),
            ("wider_region", {"region": ("03",), "postal_code": ()}, 1),
            ("without_filter", {"region": (), "postal_code": (), "scope": ()}, 1),
        ]
        several = find("Sprachkurs", kinds=("offer",), facets={"topic": ("language",)})
        assert [(way.reason, way.total) for way in several.advice.ways_out] == [
            ("without_filter", 1)
        ]
        assert find("Quanten", kinds=("offer",)).advice.ways_out == ()
        assert find("Sprachkurs").advice.ways_out == ()
