from datetime import timedelta

import pytest

from search import fallback, likeliest
from search.vocabulary import learn_due
from tests.search.rules import Rules, ids
from tests.search.world import NOW, document


@pytest.mark.django_db
class TestDatabaseAnswers(Rules):
    @pytest.fixture
    def engine(self):
        return "database", lambda: learn_due(now=NOW)

    def test_embargoed_word_changes_nothing_for_a_mistyped_one(self, publish):
        publish(document("1", "Wohngeld"))
        before = ids(self.find("Wohngelt"))
        publish(document("2", "Wohngelt", visible_from=NOW + timedelta(hours=1)))
        assert ids(self.find("Wohngelt")) == before == ["1"]

    @pytest.mark.parametrize("q", ["Kurs", "Kurs Xyzabc", "Wo gibt es einen Kurs am Abend?"])
    def test_walk_and_pages_go_on_behind_what_is_ranked(self, publish, monkeypatch, q):
        monkeypatch.setattr(likeliest, "RANKED", 4)
        publish(*(document(str(n), f"Kurs {n}", body="Kurs " * n) for n in range(9)))
        pages = [ids(self.find(q, page=page, page_size=3)) for page in (1, 2, 3)]
        assert self.walk(q) == [hit for page in pages for hit in page]
        assert sorted(self.walk(q)) == [str(n) for n in range(9)]

    @pytest.mark.parametrize("ranked", [10, 4])
    @pytest.mark.parametrize(
        "q", ["Wo gibt es Beratung zur Insolvenz?", "Beratung Insolvenz Xyzabc"]
    )
    def test_rare_word_counts_more_than_a_frequent_one_repeated(
        self, publish, monkeypatch, q, ranked
    ):
        monkeypatch.setattr(likeliest, "RANKED", ranked)
        publish(*(document(str(n), "Anderes", body="Beratung " * 4) for n in range(6)))
        publish(document("rare", "Anderes", body="Hilfe bei Insolvenz in vielen Fällen"))
        assert ids(self.find(q))[0] == "rare"

    def test_mistyped_words_that_enough_have_together_find_nothing_that_has_one(
        self, publish, monkeypatch
    ):
        monkeypatch.setattr(fallback, "ENOUGH", 4)
        about_work = {"facets": {"topic": ("work",)}}
        both = [
            document("0", "Wohngeld Antrag"),
            *(document(str(n), "Wohngeld Antrag", **about_work) for n in (1, 2, 3)),
        ]
        publish(*both[:3], document("x", "Wohngeld", **about_work))
        assert self.find("Wohngelt Antrag").total == 4  # three are too few
        publish(*both)
        result = self.find("Wohngelt Antrag")
        assert (sorted(ids(result)), result.is_relaxed) == (["0", "1", "2", "3"], True)
        assert sorted(self.walk("Wohngelt Antrag")) == ["0", "1", "2", "3"]
        (topic,) = result.facets["topic"]
        narrowed = self.find("Wohngelt Antrag", facets={"topic": ("work",)})
        assert narrowed.total == topic.count == 3
