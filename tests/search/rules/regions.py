"""What is found in a region, and what serves it."""

import pytest

from tests.search.rules.asking import Asking, find, ids, offer
from tests.search.world import (
    BRAUNSCHWEIG,
    CREMLINGEN,
    LANDKREIS,
    NIEDERSACHSEN,
    STADT,
    document,
)


class Regions(Asking):
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

    def test_facets_count_regions_below_the_selection(self, publish):
        self.regional(publish)
        assert self.counts(self.find(), "region") == {"03158": 5, "03101": 1}
        assert self.counts(self.find(region="03"), "region") == {"03158": 5, "03101": 1}
        assert self.counts(self.find(region="03158"), "region") == {STADT.key: 2, CREMLINGEN.key: 1}
        assert self.counts(self.find(region=STADT.key), "region") == {STADT.key: 2}
