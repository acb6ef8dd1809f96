"""A published text is changed in the open: what, when and why, approved with the text."""

import pytest
from django.urls import reverse

from newsroom.approval.rules import NotReadyError
from tests import factories as make

pytestmark = pytest.mark.django_db


def stored(page):
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def page(frozen):
    page = make.publish(make.release(title="Erste Zahlen"))
    frozen.shift(3600)
    return stored(page)


def resubmit(page, **fields):
    page.lead = "Ein neuer erster Absatz."
    for name, value in fields.items():
        setattr(page, name, value)
    officer = make.officer()
    page.save_revision(user=officer)
    page.get_workflow().start(page, officer)
    return page


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"change_kind": "update"},
        {"change_kind": "correction", "change_note": "12 statt 21"},
        {"change_note": "12 statt 21", "change_reason": "Zahlendreher"},
    ],
)
def test_a_change_is_not_submitted_without_its_note(page, fields):
    with pytest.raises(NotReadyError) as refused:
        resubmit(page, **fields)
    assert refused.value.fields
    assert {name.partition("_")[0] for name in refused.value.fields} == {"change"}
    assert "change_" not in str(refused.value)  # people know fields by their labels


def test_readers_see_the_correction_after_its_approval(page, client, frozen):
    note = {
        "change_kind": "correction",
        "change_note": "Zwölf statt einundzwanzig Orte.",
        "change_reason": "Zahlendreher in der Tabelle.",
    }
    resubmit(page, title="Richtige Zahlen", **note)
    assert note["change_note"] not in client.get(page.url).content.decode()

    make.decide(page, by=make.editor())

    text = client.get(page.url).content.decode()
    assert "Berichtigung" in text
    assert note["change_note"] in text
    assert note["change_reason"] in text
    body = client.get(reverse("api:release", args=[page.translation_key])).json()
    assert [change["kind"] for change in body["changes"]] == ["correction"]
    assert body["changes"][0]["note"] == note["change_note"]


def test_all_changes_stay_readable_the_newest_first(page, client, frozen):
    for number in (1, 2):
        resubmit(stored(page), change_kind="update", change_note=f"Nachtrag {number}")
        make.decide(page, by=make.editor())
        frozen.shift(3600)

    text = client.get(page.url).content.decode()
    assert text.index("Nachtrag 2") < text.index("Nachtrag 1")
    assert text.count("Nachtrag 2") == 1


def test_the_form_asks_only_about_published_texts_and_begins_empty(page, client):
    client.force_login(make.editor())
    draft = make.release()
    draft.save_revision()
    edit = "wagtailadmin_pages:edit"
    assert "change_kind" not in client.get(reverse(edit, args=[draft.pk])).context["form"].fields

    resubmit(page, change_kind="update", change_note="Nachtrag")
    make.decide(page, by=make.editor())

    form = client.get(reverse(edit, args=[page.pk])).context["form"]
    assert "change_kind" in form.fields
    assert form["change_note"].value() == ""
