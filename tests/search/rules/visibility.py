"""When documents are found, and when they are marked as old."""

from datetime import date, timedelta

from tests.search.rules.asking import Asking, ids, offer
from tests.search.world import NOW, document


class Visibility(Asking):
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

    def test_offer_that_nobody_confirms_any_more_is_marked_as_old(self, publish):
        publish(offer("1", attested_until=NOW + timedelta(hours=1)), document("2"))
        assert not any(hit.is_old for hit in self.find().hits)
        later = self.find(now=NOW + timedelta(hours=1))
        assert {hit.id: hit.is_old for hit in later.hits} == {"1": True, "2": False}
