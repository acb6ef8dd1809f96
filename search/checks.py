"""System checks of search."""

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from search import client, families, mappings
from search.params import languages

_PREFIX = re.compile(r"[a-z][a-z0-9_-]{0,50}")


@register("search")
def check_prefix(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an index prefix that Elasticsearch would refuse, or that could reach further."""
    if _PREFIX.fullmatch(settings.ELASTICSEARCH_INDEX_PREFIX):
        return []
    return [
        Error(
            "ELASTICSEARCH_INDEX_PREFIX must be small letters, digits, '-' and '_'.",
            hint="For instance 'gs'.",
            id="search.E001",
        )
    ]


@register("search")
def check_mapping(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Notice indices of another mapping at every start; waits a second for the server at most."""
    if not client.is_configured():
        return []
    try:
        serving = families.serving_indices(seconds=1.0)
    except client.SearchUnavailable as error:
        return [Warning(f"Elasticsearch does not answer: {error}", id="search.W002")]
    indices = (serving.get(mappings.family(language)) for language in languages())
    old = [index for index in indices if index and mappings.version_of(index) != mappings.VERSION]
    if not old:
        return []
    return [
        Warning(
            f"Indices have another mapping than this code: {', '.join(old)}.",
            hint="The database answers until the worker, or search_rebuild, has built new ones.",
            id="search.W001",
        )
    ]
