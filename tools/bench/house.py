"""A house of its own for measurements: a temporary database, a real Elasticsearch."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django
from django.core.management import call_command

from tools.elasticsearch import ElasticsearchServer

HEAP = "1g"


@contextmanager
def house() -> Iterator[Path]:
    """Set up Django on an empty house; yield its folder.

    DATABASE_URL and ELASTICSEARCH_URL name other servers than a temporary SQLite and our own; the
    database must be empty.
    """
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="gesamtschau-bench-", ignore_cleanup_errors=True)
            )
        )
        if not os.environ.get("ELASTICSEARCH_URL"):
            server = stack.enter_context(ElasticsearchServer(heap=HEAP))
            os.environ["ELASTICSEARCH_URL"] = server.url
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DATA_DIR": str(folder),
            "ELASTICSEARCH_INDEX_PREFIX": f"bench-{os.getpid()}",
            "LOG_LEVEL": "ERROR",
        }
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("setup_site", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
        _load_regions()
        stack.callback(_drop)
        yield folder


def _load_regions() -> None:
    from newsroom.regions.services import load_gazetteer  # noqa: PLC0415 - after Django is set up

    load_gazetteer()


def _drop() -> None:
    from search import client, families  # noqa: PLC0415 - after Django is set up
    from search.params import languages  # noqa: PLC0415 - the same

    for language in languages():
        for name in families.kept(language):
            client.request("DELETE", f"/{name}")
