"""The rules of finding, written once for both engines: the database and Elasticsearch.

A subclass says with its fixture `engine` who answers; `publish` makes documents findable there.
"""

from datetime import date, timedelta

import pytest

from search.cursor import dump, load
from search.params import SearchParams
from search.service import search
from tests.search.world import (
    BRAUNSCHWEIG,
    CREMLINGEN,
    LANDKREIS,
    NIEDERSACHSEN,
    NOW,
    STADT,
    document,
)


def find(q="", *, now=NOW, **params):
    return search(SearchParams(**{"language": "de", "q": q, **params}), now=now)


def ids(result):
    return [hit.id for hit in result.hits]


def offer(item, title="Sprachkurs", **changes):
    return document(item, title, kind="offer", url=f"/de/angebote/{item}/", **changes)


class Rules:
    @pytest.fixture(autouse=True)
    def _engine(self, engine):
        """Each subclass defines `engine`: (its name, what makes changes findable)."""
        self.backend, self.settle = engine

    @pytest.fixture
    def publish(self, world, _engine):
        def publish(*documents):
            items = {}
            for doc in documents:
                items.setdefault((doc.kind, doc.item), []).append(doc)
            for versions in items.values():
                world.put(*versions)
            self.settle()

        return publish

    def find(self, *args, **params):
        result = find(*args, **params)
        assert (result.backend, result.degraded) == (self.backend, False)
        return result

    # Words

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

    # Time and visibility

    def test_embargoed_document_is_not_found_before_its_hour(self, publish):
        later = NOW + timedelta(hours=1)
        publish(document(visible_from=later))
        result = self.find("Sprachkurse")
        assert result.total == 0
        assert not any(result.facets.values())  # nor counted
        assert ids(self.find("Sprachkurse", now=later)) == ["1"]

    def test_expired_document_is_not_found_from_its_end_on(self, publish):
        end = NOW + timedelta(hours=1)
        publish(document(visible_until=end))
        assert ids(self.find(now=end - timedelta(seconds=1))) == ["1"]
        result = self.find(now=end)
        assert result.total == 0
        assert not any(result.facets.values())  # nor counted

    def test_retracted_document_vanishes_at_once(self, publish, world):
        doc = document()
        publish(doc, document("2"))
        world.remove(doc)  # not shipped yet
        result = self.find("Sprachkurse")
        assert (ids(result), result.total) == (["2"], 1)
        assert result.facets["kind"][0].count == 1
        self.settle()
        assert ids(self.find("Sprachkurse")) == ["2"]

    def test_returned_document_is_found_again(self, publish, world):
        doc = document()
        publish(doc)
        world.remove(doc)
        self.settle()
        publish(doc)
        assert ids(self.find("Sprachkurse")) == ["1"]

    def test_days_are_those_of_the_readers_and_inclusive(self, publish):
        # 23:30 UTC on the 20th is the 21st in Berlin.
        publish(document(published_at=NOW.replace(day=20, hour=23, minute=30)))
        day = date(2026, 11, 21)
        assert self.find(since=day, until=day).total == 1
        assert self.find(until=date(2026, 11, 20)).total == 0
        assert self.find(since=date(2026, 11, 22)).total == 0
        assert self.find(since=date.min, until=date.max).total == 1

    # Languages

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

    # Regions

    def regional(self, publish):
        publish(
            document("stadt", places=(STADT,)),
            document("kreis", places=(LANDKREIS,)),
            document("land", places=(NIEDERSACHSEN,)),
            document("andere", places=(BRAUNSCHWEIG,)),
            offer("angebot-stadt", places=(STADT,)),
            offer("angebot-kreis", places=(LANDKREIS,)),
            offer("angebot-land", places=(NIEDERSACHSEN,)),
            offer("angebot-dorf", places=(CREMLINGEN,)),
        )

    def test_district_finds_its_towns_and_offers_that_serve_it(self, publish):
        self.regional(publish)
        found = {hit.id: hit.region_relation for hit in self.find(region="03158").hits}
        assert found == {
            "stadt": "inside", "kreis": "inside", "angebot-stadt": "inside",
            "angebot-kreis": "inside", "angebot-dorf": "inside", "angebot-land": "above",
        }  # fmt: skip

    def test_news_of_the_district_is_no_news_of_the_town_but_its_offers_serve_it(self, publish):
        self.regional(publish)
        hits = {hit.id: hit for hit in self.find(region=STADT.key).hits}
        assert hits.keys() == {"stadt", "angebot-stadt", "angebot-kreis", "angebot-land"}
        assert hits["angebot-kreis"].region_relation == "above"
        assert hits["angebot-kreis"].applies_to == (LANDKREIS,)

    def test_explicit_scope_counts_for_all_kinds(self, publish):
        self.regional(publish)
        inside = self.find(region=STADT.key, scope="inside")
        serving = self.find(region=STADT.key, scope="serving")
        assert set(ids(inside)) == {"stadt", "angebot-stadt"}
        assert set(ids(serving)) == {
            "stadt", "kreis", "land", "angebot-stadt", "angebot-kreis", "angebot-land"
        }  # fmt: skip

    @pytest.mark.parametrize("asked", [{"postal_code": "38300"}, {"region": "38300"}])
    def test_postal_code_asks_what_serves_there(self, publish, asked):
        self.regional(publish)
        assert set(ids(self.find(**asked))) == {
            "stadt", "kreis", "land", "angebot-stadt", "angebot-kreis", "angebot-land"
        }  # fmt: skip

    def test_postal_code_of_two_places_means_any(self, publish):
        self.regional(publish)
        found = ids(self.find(postal_code="38162", scope="inside"))
        assert set(found) == {"andere", "angebot-dorf"}

    def test_ambiguous_name_is_asked_back_not_guessed(self, publish):
        self.regional(publish)
        result = find(region="Wolfenbüttel")
        assert (ids(result), result.total) == ([], 0)
        assert set(result.choices) == {LANDKREIS, STADT}
        assert result.hints

    def test_unknown_region_finds_nothing_and_says_so(self, publish):
        self.regional(publish)
        result = find(region="Atlantis")
        assert (result.total, result.is_region_unknown) == (0, True)
        assert find(postal_code="99999").is_region_unknown

    # Facets

    def counts(self, result, name):
        return {value.key: value.count for value in result.facets[name]}

    def test_facets_count_regions_below_the_selection(self, publish):
        self.regional(publish)
        assert self.counts(self.find(), "region") == {"03158": 5, "03101": 1}
        assert self.counts(self.find(region="03"), "region") == {"03158": 5, "03101": 1}
        assert self.counts(self.find(region="03158"), "region") == {STADT.key: 2, CREMLINGEN.key: 1}
        assert self.counts(self.find(region=STADT.key), "region") == {STADT.key: 2}

    def test_facet_is_not_narrowed_by_its_own_selection(self, publish):
        publish(
            document("1", facets={"topic": ("work",)}),
            document("2", facets={"topic": ("work", "language")}),
            document("3", facets={"topic": ("language",)}, places=(BRAUNSCHWEIG,)),
            offer("4", facets={"topic": ("work",)}),
            offer("5", facets={"topic": ("language",)}),
        )
        result = self.find(kinds=("release",), facets={"topic": ("work",)})
        assert sorted(ids(result)) == ["1", "2"]
        assert self.counts(result, "topic") == {"work": 2, "language": 2}  # of releases
        assert self.counts(result, "kind") == {"release": 2, "offer": 1}  # about work
        assert self.counts(result, "region") == {"03158": 2}
        any_of = self.find(facets={"topic": ("work", "language")})
        assert any_of.total == 5
        assert self.counts(any_of, "kind") == {"release": 3, "offer": 2}

    def test_selected_value_without_results_stays_to_be_unchosen(self, publish):
        publish(document())
        result = self.find(facets={"topic": ("work",)})
        (value,) = result.facets["topic"]
        assert (value.key, value.count, value.is_selected) == ("work", 0, True)

    def test_hit_carries_labels_of_its_facets(self, publish):
        publish(document(facets={"topic": ("work",)}))
        (hit,) = self.find(language="en").hits
        assert [(value.key, value.label) for value in hit.facets["topic"]] == [("work", "Work")]

    # Distance

    HERE = STADT.point

    def scattered(self, publish):
        publish(
            offer("dorf", points=(CREMLINGEN.point,)),
            offer("stadt", points=(BRAUNSCHWEIG.point, STADT.point)),
            offer("fern", points=((53.55, 9.99),)),
            offer("online"),
            offer("nachbarort", points=(BRAUNSCHWEIG.point,)),
        )

    def test_nearest_of_its_places_counts_and_what_has_none_comes_last(self, publish):
        self.scattered(publish)
        for q in ("", "Sprachkurs"):
            result = self.find(q, near=self.HERE, sort="distance")
            told = [(hit.id, hit.distance_km and round(hit.distance_km)) for hit in result.hits]
            assert told == [
                ("stadt", 0), ("nachbarort", 12), ("dorf", 13), ("fern", 159), ("online", None)
            ]  # fmt: skip

    def test_radius_leaves_out_what_is_farther_and_is_counted(self, publish):
        self.scattered(publish)
        result = self.find("Sprachkurs", near=self.HERE, radius_km=13)
        assert sorted(ids(result)) == ["dorf", "nachbarort", "stadt"]
        assert (result.total, self.counts(result, "kind")) == (3, {"offer": 3})

    def test_radius_around_a_place_opens_its_border(self, publish):
        self.scattered(publish)
        asked = {"postal_code": "38300", "sort": "distance"}
        assert ids(self.find(**asked, radius_km=1)) == ["stadt"]
        assert ids(self.find(**asked, radius_km=13)) == ["stadt", "nachbarort", "dorf"]

    def test_region_keeps_its_border_around_a_point_of_ones_own(self, publish):
        publish(offer("1", points=(STADT.point,)), offer("2", places=(BRAUNSCHWEIG,),
                points=(STADT.point,)))  # fmt: skip
        found = self.find(region="03158", near=self.HERE, radius_km=5)
        assert ids(found) == ["1"]

    def test_near_is_no_way_to_what_is_not_public(self, publish, world):
        later = NOW + timedelta(hours=1)
        gone = offer("gone", points=(STADT.point,))
        publish(
            gone,
            offer("early", points=(STADT.point,), visible_from=later),
            offer("over", points=(STADT.point,), visible_until=NOW),
        )
        world.remove(gone)  # not shipped yet
        for sort in ("distance", "relevance"):
            result = self.find("Sprachkurs", near=self.HERE, radius_km=5, sort=sort)
            assert (result.total, any(result.facets.values())) == (0, False)

    def test_near_counts_a_little_more_but_buries_no_better_match(self, publish):
        publish(
            offer("fern", points=((48.1, 11.6),)),
            offer("hier", points=(STADT.point,)),
            offer("anders", "Treffen", body="Sprachkurs", points=(STADT.point,)),
        )
        assert ids(self.find("Sprachkurs", near=self.HERE)) == ["hier", "fern", "anders"]

    # Age

    def test_offer_that_nobody_confirms_any_more_is_marked_as_old(self, publish):
        publish(offer("1", attested_until=NOW + timedelta(hours=1)), document("2"))
        assert not any(hit.is_old for hit in self.find().hits)
        later = self.find(now=NOW + timedelta(hours=1))
        assert {hit.id: hit.is_old for hit in later.hits} == {"1": True, "2": False}

    # Walks

    def walk(self, q="", *, between=lambda: None, **params):
        """Return all ids in the order of a walk, three at a time."""
        found, cursor = [], None
        for _page in range(20):
            result = self.find(q, cursor=cursor, page_size=3, **params)
            found += ids(result)
            if result.next is None:
                return found
            between()
            cursor = load(dump(result.next, question=""), question="")
        raise AssertionError("The walk has no end.")

    @pytest.mark.parametrize(
        ("q", "sort"), [("", "date"), ("Sprachkurs", "relevance"), ("Sprachkurs", "date"),
                        ("Sprachkurs", "distance"), ("Sprachkurs Wohnen", "relevance")],
    )  # fmt: skip
    def test_walk_comes_by_everything_once_in_the_order_of_the_pages(self, publish, q, sort):
        publish(
            *(offer(str(n), points=((52 + n % 3, 10.5),) if n % 4 else ()) for n in range(7)),
            *(document(str(n), "Sprachkurs " * (n % 3)) for n in range(2, 5)),
        )
        asked = {"sort": sort, "near": self.HERE}
        pages = [self.find(q, page=page, page_size=3, **asked) for page in (1, 2, 3, 4)]
        assert [hit for page in pages for hit in ids(page)] == self.walk(q, **asked)
        assert len(self.walk(q, **asked)) == pages[0].total >= 8

    @pytest.mark.parametrize("sort", ["date", "distance"])
    def test_walk_neither_repeats_nor_misses_when_others_come_and_go(self, publish, world, sort):
        def there(n):
            moment = NOW - timedelta(days=1, minutes=n)
            return offer(str(n), points=((52.0 + n / 100, 10.5),), published_at=moment)

        publish(*(there(n) for n in range(9)))
        numbers = iter(range(9))

        def between():
            number = next(numbers)
            world.remove(there(number))  # shown already
            # Two in front of everything: every number moves.
            publish(
                *(
                    offer(f"new-{number}-{n}", points=((51.9, 10.5),), published_at=NOW)
                    for n in "ab"
                )
            )

        found = self.walk("Sprachkurs", sort=sort, near=(51.9, 10.5), between=between)
        assert [id_ for id_ in found if not id_.startswith("new")] == [str(n) for n in range(9)]
        assert len(found) == len(set(found))

    def test_what_was_retracted_is_gone_from_a_walk_too(self, publish, world):
        publish(*(offer(str(n), published_at=NOW - timedelta(minutes=n)) for n in range(7)))
        found = self.walk(between=lambda: "5" in world.public["offer"] and world.remove(offer("5")))
        assert found == ["0", "1", "2", "3", "4", "6"]

    # Pages and highlights

    def test_pages_do_not_overlap_and_miss_nothing(self, publish):
        publish(*(document(str(n), published_at=NOW - timedelta(minutes=n)) for n in range(7)))
        pages = [ids(self.find("Sprachkurse", page=n, page_size=3)) for n in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [3, 3, 1, 0]
        assert sorted(id_ for page in pages for id_ in page) == [str(n) for n in range(7)]

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
