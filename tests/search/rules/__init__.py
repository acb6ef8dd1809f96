"""The rules of finding, written once for both engines: the database and Elasticsearch.

A subclass says with its fixture `engine` who answers; `publish` makes documents findable there.
"""

from tests.search.rules.asking import find, ids, offer
from tests.search.rules.distance import Distance
from tests.search.rules.facets import Facets
from tests.search.rules.languages import Languages
from tests.search.rules.regions import Regions
from tests.search.rules.visibility import Visibility
from tests.search.rules.walks import Walks
from tests.search.rules.words import Words

__all__ = ["Rules", "find", "ids", "offer"]


class Rules(Words, Visibility, Languages, Regions, Facets, Distance, Walks):
    """All of them."""
