"""What is near."""

from datetime import timedelta

from tests.search.rules.asking import Asking, ids, offer
from tests.search.world import BRAUNSCHWEIG, CREMLINGEN, NOW, STADT

HERE = STADT.point


class Distance(Asking):
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
            result = self.find(q, near=HERE, sort="distance")
            told = [(hit.id, hit.distance_km and round(hit.distance_km)) for hit in result.hits]
            assert told == [
                ("stadt", 0), ("nachbarort", 12), ("dorf", 13), ("fern", 159), ("online", None)
            ]  # fmt: skip

    def test_radius_leaves_out_what_is_farther_and_is_counted(self, publish):
        self.scattered(publish)
        result = self.find("Sprachkurs", near=HERE, radius_km=13)
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
        found = self.find(region="03158", near=HERE, radius_km=5)
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
            result = self.find("Sprachkurs", near=HERE, radius_km=5, sort=sort)
            assert (result.total, any(result.facets.values())) == (0, False)

    def test_near_counts_a_little_more_but_buries_no_better_match(self, publish):
        publish(
            offer("fern", points=((48.1, 11.6),)),
            offer("hier", points=(STADT.point,)),
            offer("anders", "Treffen", body="Sprachkurs", points=(STADT.point,)),
        )
        assert ids(self.find("Sprachkurs", near=HERE)) == ["hier", "fern", "anders"]
