"""What is counted beside the hits."""

from tests.search.rules.asking import Asking, ids, offer
from tests.search.world import BRAUNSCHWEIG, document


class Facets(Asking):
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
