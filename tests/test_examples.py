"""What stands in examples/ works with the site as it is."""

import json
import re
import runpy
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from newsroom.approval import services
from tests import factories as make

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).parents[1] / "examples"
SITE = "http://testserver"


@pytest.fixture
def mirror(client, monkeypatch, tmp_path):
    """Return the mirror asking this site, on its folder."""
    script = runpy.run_path(str(EXAMPLES / "mirror.py"))

    def get(address):
        answer = client.get(address.removeprefix(SITE))
        assert answer.status_code in (200, 404)
        return answer.json() if answer.status_code == 200 else None

    inside = script["mirror"].__globals__
    monkeypatch.setitem(inside, "get", get)
    monkeypatch.setitem(inside, "PER_REQUEST", 2)
    return lambda: script["mirror"](SITE, tmp_path, language="de")


def test_the_mirror_has_what_is_public_and_loses_what_is_taken_back(mirror, frozen, tmp_path):
    pages = [make.publish(make.release(title=f"Nummer {number}")) for number in range(5)]
    make.release(title="Nur ein Entwurf").save_revision()

    assert mirror() == (5, 0)
    assert mirror() == (0, 0)
    services.retract(page=pages[3], user=make.editor(), reason="Falsch", now=timezone.now())

    assert mirror() == (0, 1)
    copies = [json.loads(path.read_text()) for path in tmp_path.glob("*.json")]
    assert {copy["title"] for copy in copies} == {p.title for p in pages if p != pages[3]}


def test_the_page_of_another_site_may_read_what_it_asks_for(client, frozen):
    make.publish(make.release(title="Für andere"))
    page = (EXAMPLES / "news.html").read_text()
    asked = {"kind": "release", "region": "03158", "lang": "de", "sort": "date", "page_size": 5}
    for name, value in asked.items():
        assert re.search(rf'\b(?:data-)?{name}\b(?:(?:=|: )"?{value}"?)?', page)

    answer = client.get("/api/v1/search", asked, headers={"origin": "https://other.example.org"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    (item,) = answer.json()["items"]
    assert item["title"] == "Für andere"
    assert {"url", "language"} <= item.keys()


def test_pages_and_the_admin_stay_with_this_site(client):
    for address in ("/de/", "/admin/login/", "/healthz"):
        assert "Access-Control-Allow-Origin" not in client.get(address)


def test_the_sheets_can_be_imported(house, frozen):
    make.officer(username="importer")
    for kind in ("members", "offers"):
        said = StringIO()
        call_command(
            f"import_{kind}", str(EXAMPLES / f"{kind}.csv"), "--by", "importer", stdout=said
        )
        assert "2 new, 0 changed" in said.getvalue()
