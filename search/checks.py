"""System checks of search."""

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from search import client, mappings
from search.params import languages
from search.rebuild import live_indices

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


@register("search", deploy=True)
def check_mapping(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Notice indices of another mapping; asks the server, so only `check --deploy` does it."""
    if not client.is_configured():
        return []
    try:
        live = live_indices()
    except client.SearchUnavailable as error:
        return [Warning(f"Elasticsearch does not answer: {error}", id="search.W002")]
    indices = (live.get(mappings.alias(language)) for language in languages())
    old = [index for index in indices if index and mappings.version_of(index) != mappings.VERSION]
    if not old:
        return []
    return [
        Warning(
            f"Indices have another mapping than this code: {', '.join(old)}.",
            hint="Run manage.py search_rebuild.",
            id="search.W001",
        )
    ]
