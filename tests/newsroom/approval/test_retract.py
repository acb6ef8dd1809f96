"""What is taken back is gone everywhere, at once."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from cms.media.models import MediaUse
from newsroom.approval import services, worker
from newsroom.approval.models import AuditEntry, Receipt
from search.models import SearchDocument
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def stored(page):
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def release(frozen):
    return make.publish(make.release(title="Zurückzuziehen", picture=make.image()))


def test_a_retracted_release_is_gone_from_page_api_and_search(release, client, now):
    url, api = release.url, reverse("api:release", args=[release.translation_key])
    editor = make.editor()
    assert client.get(url).status_code == 200
    assert client.get(api).status_code == 200

    taken = services.retract(page=release, user=editor, reason="Fehler", now=now)

    assert taken == [release.pk]
    answer = client.get(url)
    assert answer.status_code == 410
    assert "Zurückzuziehen" not in answer.content.decode()
    assert client.get(api).status_code == 404
    assert client.get("/api/v1/search", {"q": "Zurückzuziehen"}).json()["total"] == 0
    assert SearchDocument.objects.get(item=release.translation_key).is_deleted
    last = AuditEntry.objects.filter(page_id=release.pk).last()
    assert (last.action, last.actor_id, last.note) == ("retracted", editor.pk, "Fehler")


@pytest.mark.parametrize("room", ["members", "offers", "releases"])
def test_only_where_a_release_stood_is_a_release_spoken_of(frozen, client, now, room):
    member = make.publish(make.member())
    page = {
        "members": lambda: member,
        "offers": lambda: make.publish(make.offer(member)),
        "releases": lambda: make.publish(make.release()),
    }[room]()
    services.retract(page=page, user=make.editor(), reason="", now=now)

    answer = client.get(page.url)

    assert answer.status_code == 410
    words = ("Mitteilung wurde zurückgezogen", "nicht mehr fest")
    assert [each in answer.content.decode() for each in words] == [room == "releases"] * 2


def test_a_retracted_source_takes_its_translations_along(release, client, now):
    english = make.publish(
        make.translation(release, "en", by=make.translator(), title="To be taken back")
    )
    assert client.get(english.url).status_code == 200

    services.retract(page=release, user=make.editor(), reason="", now=now)

    assert client.get(english.url).status_code == 410
    found = client.get("/api/v1/search", {"q": "taken", "lang": "en"}).json()
    assert found["total"] == 0


def test_a_retracted_translation_leaves_its_source(release, client, now):
    english = make.publish(make.translation(release, "en", by=make.translator()))

    services.retract(page=english, user=make.editor(), reason="", now=now)

    assert client.get(english.url).status_code == 410
    assert client.get(release.url).status_code == 200


def test_a_retracted_picture_is_private_again(release, client, now):
    page = client.get(release.url).content.decode()
    source = page.split('src="/media/', 1)[1].split('"', 1)[0]
    assert client.get(f"/media/{source}").getvalue()

    services.retract(page=release, user=make.editor(), reason="", now=now)

    assert client.get(f"/media/{source}").status_code == 404


def test_a_retracted_release_needs_a_new_approval(release, client, now, frozen):
    services.retract(page=release, user=make.editor(), reason="", now=now)
    frozen.shift(60)
    page = make.publish(stored(release))

    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize(
    ("account", "status"),
    [(make.officer, 302), (make.translator, 302), (make.editor, 200), (make.superuser, 200)],
)
def test_only_editors_take_pages_back(release, client, account, status):
    client.force_login(account())

    assert client.get(reverse("approval_retract", args=[release.pk])).status_code == status
    client.post(reverse("approval_retract", args=[release.pk]), {"reason": "Fehler"})
    assert stored(release).live == (status == 302)


def test_taking_back_asks_for_a_reason(release, client):
    client.force_login(make.editor())
    answer = client.post(reverse("approval_retract", args=[release.pk]), {"reason": " "})

    assert answer.status_code == 200
    assert answer.context["form"].errors["reason"]
    assert stored(release).live


def test_what_the_worker_publishes_meanwhile_is_taken_back_too(frozen, now, monkeypatch):
    """Whoever waits for a lock finds what the other transaction has left behind it."""
    page = make.publish(make.release(go_live_at=now + HOUR))
    frozen.move_to(now + HOUR)
    published = []

    def after_the_worker(method):
        def call(queryset, *args, **kwargs):
            if queryset.model is Page and not published:
                published.append(page)
                assert worker.publish_due(now=now + HOUR) == 1
            return method(queryset, *args, **kwargs)

        return call

    # Where a transaction first waits for others: because it locks pages, or writes on them.
    for name in ("select_for_update", "update"):
        monkeypatch.setattr(QuerySet, name, after_the_worker(getattr(QuerySet, name)))
    taken = services.retract(page=page, user=make.editor(), reason="", now=now + HOUR)

    assert published
    assert taken == [page.pk]
    page.refresh_from_db()
    assert not page.live
    assert not MediaUse.objects.filter(page=page).exists()
    assert Receipt.objects.get(page=page).state == Receipt.State.WITHDRAWN
