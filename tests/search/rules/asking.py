"""How rules ask: of the engine that a subclass names, about documents made findable there."""

import pytest

from search.params import SearchParams
from search.service import search
from tests.search.world import NOW, document


def find(q="", *, now=NOW, **params):
    return search(SearchParams(**{"language": "de", "q": q, **params}), now=now)


def ids(result):
    return [hit.id for hit in result.hits]


def offer(item, title="Sprachkurs", **changes):
    return document(item, title, kind="offer", url=f"/de/angebote/{item}/", **changes)


class Asking:
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

    def counts(self, result, name):
        return {value.key: value.count for value in result.facets[name]}
