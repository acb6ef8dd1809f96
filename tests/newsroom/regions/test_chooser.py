"""The region chooser of the editor."""

import pytest

from newsroom.regions.models import Region
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("38300", "Stadt Wolfenbüttel"),
        ("03158", "Landkreis Wolfenbüttel"),
        ("wolfenbuettel", "Landkreis Wolfenbüttel"),
        ("", "Nordrhein-Westfalen"),
    ],
)
def test_regions_are_found_by_name_key_and_postal_code(client, query, expected):
    client.force_login(make.officer())

    for path in ("", "results/"):
        answer = client.get(f"/admin/region_chooser/{path}", {"q": query})
        assert answer.status_code == 200
        html = answer.content.decode() if path else answer.json()["html"]
        assert expected in html


def test_nothing_found_says_so(client):
    client.force_login(make.officer())

    assert client.get("/admin/region_chooser/results/", {"q": "Atlantis\x00"}).status_code == 200


def test_regions_are_not_created_by_hand(client):
    client.force_login(make.superuser())

    assert client.post("/admin/region_chooser/create/", {}).status_code == 404


def test_the_likeliest_stands_first_and_the_ended_nowhere(client):
    client.force_login(make.officer())
    Region.objects.filter(key="03157").update(valid_until="2025-01-01")

    html = client.get("/admin/region_chooser/results/", {"q": "Goslar"}).content.decode()
    assert html.index("Landkreis Goslar") < html.index("Stadt Goslar")
    html = client.get("/admin/region_chooser/results/", {"q": "Peine"}).content.decode()
    assert "Stadt Peine" in html
    assert "/03157/" not in html
