"""Going through all results: by numbered pages and by cursor."""

from datetime import timedelta

import pytest

from search.cursor import dump, load
from tests.search.rules.asking import Asking, ids, offer
from tests.search.world import NOW, STADT, document


class Walks(Asking):
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
        asked = {"sort": sort, "near": STADT.point}
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

    def test_pages_do_not_overlap_and_miss_nothing(self, publish):
        publish(*(document(str(n), published_at=NOW - timedelta(minutes=n)) for n in range(7)))
        pages = [ids(self.find("Sprachkurse", page=n, page_size=3)) for n in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [3, 3, 1, 0]
        assert sorted(id_ for page in pages for id_ in page) == [str(n) for n in range(7)]
