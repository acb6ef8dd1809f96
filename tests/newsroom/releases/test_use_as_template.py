"""A new draft with the words of another release, and nothing of its approval."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from newsroom.approval.models import CHANGE_FIELDS, Receipt
from newsroom.press.services import new_version
from newsroom.releases.models import NewsroomIndexPage, PressReleasePage
from newsroom.releases.services import PARTS, WORDS, start_from
from tests import factories as make
from tests.newsroom.releases.test_parts import full

pytestmark = pytest.mark.django_db


def _plain(page, name):
    value = page.serializable_data()[name]
    # PostgreSQL keeps JSON by its meaning: the order of keys differs after reading it back.
    return json.loads(value) if name == "body" else value


@pytest.fixture
def newsroom(house):
    return NewsroomIndexPage.objects.get(locale__language_code="de")


def test_words_and_parts_come_along_and_nothing_else(newsroom, frozen, now):
    editor = make.editor()
    source = full(
        embargoed_until=now - timedelta(days=1),
        expire_at=now + timedelta(days=9),
        is_template=True,
        owner=make.officer(),
    )

    draft = start_from(version=source, parent=newsroom, user=editor, now=now)

    draft = PressReleasePage.objects.get(pk=draft.pk)
    for name in WORDS:
        assert _plain(draft, name) == _plain(source, name)
    for name in PARTS:
        assert getattr(draft, name).count() == getattr(source, name).count()
    assert [part.pk for part in draft.pictures.all()] != [part.pk for part in source.pictures.all()]
    assert (draft.live, draft.owner, draft.slug != source.slug) == (False, editor, True)
    assert draft.translation_key != source.translation_key
    assert draft.dateline_date == now.date()
    for name in ("embargoed_until", "go_live_at", "expire_at", "first_published_at"):
        assert getattr(draft, name) is None
    assert draft.internal_notes == ""
    assert not draft.is_template
    assert not Receipt.objects.filter(page_id=draft.pk).exists()
    assert draft.latest_revision.user == editor


def test_no_field_of_a_release_is_forgotten():
    """Who adds a field says whether a new draft takes it over."""
    begins_anew = {
        *("internal_notes", "embargoed_until", "is_template", "dateline_date", "page_ptr"),
        *("boilerplate", "topics"),  # taken over by rules of their own
        *CHANGE_FIELDS,
    }
    own = {field.name for field in PressReleasePage._meta.local_fields}
    own |= {field.name for field in PressReleasePage._meta.local_many_to_many}

    assert own - begins_anew == set(WORDS) - {"title"}


def test_the_newest_shared_texts_are_taken(newsroom, now):
    source = full()
    newer = new_version(of=source.boilerplate, text="Neu.")
    contact = new_version(of=source.contacts()[0], name="Neue Stelle")

    draft = start_from(version=source, parent=newsroom, user=make.editor(), now=now)

    assert draft.boilerplate == newer
    assert draft.contacts() == [contact]


def test_shared_texts_of_another_house_are_left_behind(newsroom, now):
    source = full()

    draft = start_from(version=source, parent=newsroom, user=make.officer(), now=now)

    assert draft.boilerplate is None
    assert draft.contacts() == []


def test_a_public_release_serves_everybody_who_writes(client, newsroom):
    page = make.publish(make.release(title="Öffentlich"))
    page.title = "Geheime Fassung"
    page.save_revision(user=make.editor())
    officer = make.officer()
    client.force_login(officer)
    url = reverse("release_use", args=[page.pk])
    assert client.get(url).status_code == 200

    answer = client.post(url, {"place": newsroom.pk})

    draft = PressReleasePage.objects.get(owner=officer)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert draft.title == "Öffentlich"  # the live words: the newer draft is not theirs


def test_somebody_else_s_draft_serves_nobody(client, newsroom):
    page = make.release(owner=make.officer())
    page.save_revision()
    client.force_login(make.officer())
    url = reverse("release_use", args=[page.pk])

    assert client.get(url).status_code == 404
    assert client.post(url, {"place": newsroom.pk}).status_code == 404
    assert PressReleasePage.objects.count() == 1


def test_a_draft_is_put_only_where_its_writer_may_write(client, newsroom):
    own, other = make.publish(make.member()), make.publish(make.member())
    page = make.publish(make.release())
    client.force_login(make.house_keeper(own))
    url = reverse("release_use", args=[page.pk])

    for place in (other.pk, newsroom.get_parent().pk, "x", 2**70, ""):
        assert client.post(url, {"place": place}).status_code == 200
    assert PressReleasePage.objects.count() == 1
    assert client.post(url, {"place": own.pk}).status_code == 302


def test_the_button_is_shown_to_those_who_can_use_it(client, newsroom):
    page = make.publish(make.release())
    url = reverse("release_use", args=[page.pk])
    client.force_login(make.editor())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert url in client.get(edit).content.decode()

    client.force_login(make.officer())
    explore = reverse("wagtailadmin_explore", args=[newsroom.pk])
    assert url in client.get(explore).content.decode()
