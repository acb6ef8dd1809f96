"""The official files, and all of Germany once for the tests that need it."""

import os
from pathlib import Path

import pytest
from django.db import transaction

from newsroom.regions.importers.assembly import Files


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder of the official files; skip loudly where it is not."""
    beside = Path(__file__).resolve().parents[4] / "shared" / "data"
    folder = Path(os.environ.get("GESAMTSCHAU_DATA", beside))
    if not (folder / "official").is_dir():
        pytest.skip(f"NO OFFICIAL DATA in {folder}: set GESAMTSCHAU_DATA to test all of Germany")
    return folder


@pytest.fixture(scope="session")
def files(data) -> Files:
    """Return where the official files lie."""
    official = data / "official"
    return Files(
        gv100ad=next(official.glob("GV100AD_*.txt")),
        coordinates=official / "AuszugGV4Q.csv",
        outlines=(data / "districts_de.geojson", data / "states_de.geojson"),
        postal_codes=official / "geonames_postal_codes_DE.zip",
        names=(data / "region_names_i18n.csv",),
    )


@pytest.fixture(scope="module")
def germany(files, django_db_setup, django_db_blocker):
    """Put all of Germany into the database for one module of tests; return how long it took.

    The number is in seconds of processor time: the machine may have other things to do.
    """
    import time

    from django.utils import timezone

    from newsroom.regions.importers.assembly import read
    from newsroom.regions.services import load

    with django_db_blocker.unblock(), transaction.atomic():
        started = time.process_time()
        load(table=read(files), now=timezone.now())
        yield time.process_time() - started
        transaction.set_rollback(True)
