"""A form that names another house's things is refused before anything of them is shown."""

import json
from typing import Any

import pytest
from wagtail.models import Page

from cms.pages.forms import MAX_ROWS
from newsroom.releases.models import PressReleasePage
from tests import factories as make
from tests.newsroom.members.test_house_walls import SECRET, World

pytestmark = pytest.mark.django_db

SLUG = "geheim-angebot"
PICTURE = {"caption": "c", "alt_text": "a", "credit_line": "c", "licence": "CC0"}


@pytest.fixture
def world(house) -> World:
    world = World()
    world.draft.slug = SLUG
    world.draft.save()
    return world


def release_form(world: World) -> dict[str, Any]:
    """Return the post of a complete release of house A."""
    formsets = PressReleasePage.get_edit_handler().get_form_class().formsets
    empty: dict[str, Any] = {}
    for name in (*formsets, "comments"):
        empty |= rows(name)
    picture = make.image(collection=make.house_of(world.a).collection)
    return {
        **empty,
        "title": "Eigene Mitteilung", "slug": "eigene", "kind": "release", "lead": "Text",
        "dateline_place": "Ort", "dateline_date": "2026-11-23", "issuing_member": world.a.pk,
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-id": "",
        **linked(world.public),
        **rows("pictures", image=picture.pk, **PICTURE),
    }  # fmt: skip


def rows(name: str, **values: Any) -> dict[str, Any]:
    """Return the post of a list of the form: empty, or with one entry of `values`."""
    counts = {"TOTAL_FORMS": int(bool(values)), "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0}
    entry = {f"0-{field}": value for field, value in values.items()}
    return {f"{name}-{key}": value for key, value in (counts | entry | {"0-ORDER": 1}).items()}


def linked(target: Page) -> dict[str, Any]:
    """Return the post of a paragraph with a link to a page."""
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": target.pk}}
    ranges = [{"offset": 0, "length": 4, "key": 0}]
    block = {"key": "a", "text": "Wort", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    text = {"blocks": [{**block, "entityRanges": ranges}], "entityMap": {"0": entity}}
    return {"body-0-type": "paragraph", "body-0-value": json.dumps(text)}


def block(kind: str, **values: Any) -> dict[str, Any]:
    """Return the post of a part of the body that has fields of its own."""
    return {"body-0-type": kind} | {f"body-0-value-{key}": value for key, value in values.items()}


def other_file(world: World) -> Any:
    file = make.file()
    file.title = SECRET
    file.collection = make.house_of(world.b).collection
    file.save()
    return file


# What a forged form names -> the fields of the form that do.
FORGED = {
    "picture": lambda world: rows("pictures", image=world.image.pk, **PICTURE),
    "link": lambda world: linked(world.draft),
    "picture, with a sign": lambda world: rows("pictures", image=f"+{world.image.pk}", **PICTURE),
    "picture, behind a blank": lambda world: rows(
        "pictures", image=f" {world.image.pk}", **PICTURE
    ),
    "issuer, with a sign": lambda world: {"issuing_member": f"+{make.member(title=SECRET).pk}"},
    "issuer": lambda world: {"issuing_member": make.member(title=SECRET).pk},
    "co-issuer": lambda world: rows("co_issuers", member=make.member(title=SECRET).pk),
    "related": lambda world: rows("related_links", release=make.release(title=SECRET).pk),
    "contact": lambda world: rows("contact_links", contact=make.contact(world.b, name=SECRET).pk),
    "boilerplate": lambda world: {"boilerplate": make.boilerplate(world.b, heading=SECRET).pk},
    "picture in the body": lambda world: block("picture", image=world.image.pk, **PICTURE),
    "file in the body": lambda world: block("file", file=other_file(world).pk, title="x"),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_form_neither_stores_nor_shows_another_houses_things(world, client, what):
    form = {**release_form(world), **FORGED[what](world)}
    client.force_login(world.person)
    address = f"/admin/pages/add/releases/pressreleasepage/{world.a.pk}/"

    for title in ("Eigene Mitteilung", ""):  # without a title the form has errors of its own
        form["title"] = title
        answers = [client.post(address, form), client.post(f"{address}preview/", form)]
        assert [answer.status_code for answer in answers] == [302, 302]
        for answer in (*answers, client.get(f"{address}preview/")):
            assert SECRET not in answer.content.decode()
            assert SLUG not in answer.content.decode()
    assert not Page.objects.filter(slug="eigene").exists()


def test_the_same_form_without_them_is_stored(world, client):
    client.force_login(world.person)
    address = f"/admin/pages/add/releases/pressreleasepage/{world.a.pk}/"

    assert client.post(f"{address}preview/", release_form(world)).json()["is_valid"]
    client.post(address, release_form(world))

    assert Page.objects.filter(slug="eigene").exists()


def test_numbers_that_nothing_has_are_an_error_of_the_form(world, client):
    client.force_login(world.person)
    address = f"/admin/pages/add/releases/pressreleasepage/{world.a.pk}/"

    answer = client.post(address, {**release_form(world), "issuing_member": 10**9})

    assert answer.status_code == 200
    assert "issuing_member" in answer.context["form"].errors


def test_a_list_is_no_longer_than_people_make_it(world, client):
    """Each entry that a post claims would be drawn: thousands take a minute."""
    client.force_login(world.person)
    address = f"/admin/pages/add/releases/pressreleasepage/{world.a.pk}/"
    claimed = {"region_links-TOTAL_FORMS": MAX_ROWS - 1, "related_links-TOTAL_FORMS": 99_999}

    answer = client.post(address, {**release_form(world), **claimed})

    formsets = answer.context["form"].formsets
    assert sum(len(formset.forms) for formset in formsets.values()) == MAX_ROWS
    assert formsets["related_links"].non_form_errors()


@pytest.mark.parametrize(
    "path", ["pages/{}/copy/", "pages/{}/move/", "bulk/wagtailcore/page/move/"]
)
def test_no_page_is_led_below_one_of_another_house(world, client, path):
    """The platform's refusal would say that page's title, and which slugs are taken below it."""
    client.force_login(world.person)
    address = "/admin/" + path.format(world.own.pk) + f"?id={world.own.pk}"
    aims = (world.draft, world.b, make.member(title=SECRET))

    for aim in aims:
        form = {"new_title": "x", "new_slug": SLUG, "new_parent_page": aim.pk, "chooser": aim.pk}
        answer = client.post(address, form)
        assert answer.status_code == 404

    own = {"new_title": "x", "new_slug": "x", "new_parent_page": world.a.pk, "chooser": world.a.pk}
    assert client.post(address, own).status_code in (200, 302)
