"""The public directory: filters, letters, profiles."""

import json
import re

import pytest

from newsroom.members.directory import initial
from newsroom.vocabularies.models import Term
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(house):
    church = Term.objects.get(vocabulary="provider_kind", slug="church")
    work = Term.objects.get(vocabulary="field_of_action", slug="work")
    town = factories.member(title="Ährenfeld", regions=(factories.WOLFENBUETTEL_TOWN,))
    district = factories.member(title="Bündnis", provider_kind=church)
    state = factories.member(title="Chor", regions=(factories.LOWER_SAXONY,))
    far = factories.member(title="Dach", regions=(factories.GOSLAR_DISTRICT,))
    far.fields_of_action = [work]
    far.save()
    for page in (town, district, state, far):
        factories.publish(page)
    factories.member(title="Entwurf")
    return house.members


def titles(client, directory, query=""):
    text = client.get(directory.url + query).content.decode()
    return [t for t in ("Ährenfeld", "Bündnis", "Chor", "Dach", "Entwurf") if t in text]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ährenfeld", "Bündnis", "Chor", "Dach"]),
        ("?kind=church", ["Bündnis"]),
        ("?field=work", ["Dach"]),
        ("?region=03158", ["Ährenfeld", "Bündnis", "Chor"]),
        ("?region=38300", ["Ährenfeld", "Bündnis", "Chor"]),
        ("?region=Goslar", ["Chor", "Dach"]),
        ("?letter=A", ["Ährenfeld"]),
        ("?letter=c&region=03158", ["Chor"]),
        ("?kind=nonsense", []),
        ("?region=Nirgendwo", []),
        (
            "?kind=%00&region=%00&page=99999999999999999999",
            ["Ährenfeld", "Bündnis", "Chor", "Dach"],
        ),
        ("?region=" + "x" * 5000, []),
    ],
)
def test_the_directory_answers_what_is_asked(client, directory, query, expected):
    assert titles(client, directory, query) == expected


def test_titles_stand_under_their_letter():
    assert [initial(t) for t in ("Ökumene", "„Ahorn“", "3. Welt", "جمعية", "…")] == [
        "O", "A", "#", "ج", "#",
    ]  # fmt: skip


def structured(client, page):
    text = client.get(page.url).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


def test_a_profile_carries_structured_data_that_ends_no_element(client, house):
    member = factories.publish(
        factories.member(title="A </script><b>", latitude=52.1, longitude=10.5)
    )
    data = structured(client, member)
    assert data["@type"] == "GovernmentOrganization"
    assert data["name"] == "A </script><b>"
    assert data["location"]["geo"]["latitude"] == 52.1
    assert "openstreetmap.org" in client.get(member.url).content.decode()
