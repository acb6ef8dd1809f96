"""Nothing is public before its hour, and nothing stays public after its end."""

from datetime import timedelta

import pytest
from django.urls import reverse

from newsroom.approval import services, worker
from newsroom.approval.models import Receipt
from newsroom.approval.selectors import is_public
from newsroom.releases.search import build
from search.models import SearchDocument
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def stored(page):
    return type(page).objects.get(pk=page.pk)


def find(client, words):
    return client.get("/api/v1/search", {"q": words}).json()["total"]


def test_an_approved_release_waits_for_its_hour(frozen, now, client):
    page = make.publish(make.release(title="Sperrfristgeheimnis", go_live_at=now + HOUR))

    frozen.move_to(now + HOUR - timedelta(seconds=1))
    assert worker.publish_due(now=now + HOUR - timedelta(seconds=1)) == 0
    assert not stored(page).live
    assert find(client, "Sperrfristgeheimnis") == 0
    assert not SearchDocument.objects.filter(item=page.translation_key).exists()

    frozen.move_to(now + HOUR)
    assert worker.publish_due(now=now + HOUR) == 1
    assert is_public(page, now=now + HOUR)
    assert find(client, "Sperrfristgeheimnis") == 1


def test_a_later_version_leaves_the_live_one_until_its_hour(frozen, now, client):
    page = make.publish(make.release(title="Erste Fassung"))
    frozen.shift(60)
    page.title = "Zweite Fassung"
    page.go_live_at = now + HOUR
    make.publish(page)

    assert "Erste Fassung" in client.get(stored(page).url).content.decode()
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    answer = client.get(stored(page).url).content.decode()
    assert "Zweite Fassung" in answer
    assert "Erste Fassung" not in answer


def test_the_end_counts_by_the_clock_not_by_the_worker(frozen, now, client):
    page = make.publish(make.release(title="Vergänglichkeit", expire_at=now + HOUR))
    url = page.url
    assert client.get(url).status_code == 200
    assert find(client, "Vergänglichkeit") == 1

    frozen.move_to(now + HOUR)  # no worker has run

    assert client.get(url).status_code == 404
    assert find(client, "Vergänglichkeit") == 0
    api = reverse("api:release", args=[page.translation_key])
    assert client.get(api).status_code == 404


def test_the_worker_stores_the_end(frozen, now):
    page = make.publish(make.release(expire_at=now + HOUR))
    frozen.move_to(now + HOUR)

    assert worker.expire_due(now=now + HOUR) == 1

    page = stored(page)
    assert (page.live, page.expired) == (False, True)
    assert SearchDocument.objects.get(item=page.translation_key).is_deleted
    assert worker.expire_due(now=now + HOUR) == 0


def test_one_failing_publication_holds_up_nobody(frozen, now, monkeypatch):
    bad = make.publish(make.release(title="Fehlerfall", go_live_at=now + HOUR))
    good = make.publish(make.release(go_live_at=now + HOUR))

    def build_or_fail(page):
        if page.title == "Fehlerfall":
            raise RuntimeError("the builder is broken")
        return build(page)

    monkeypatch.setattr("newsroom.releases.search.build", build_or_fail)
    moment = now + HOUR
    frozen.move_to(moment)
    assert worker.publish_due(now=moment) == 1
    assert stored(good).live
    assert not stored(bad).live  # its page, record and search document belong together

    receipt = Receipt.objects.get(page=bad)
    assert "the builder is broken" in receipt.error
    for _ in range(worker.MAX_ATTEMPTS):
        moment = max(moment, Receipt.objects.get(page=bad).next_attempt_at or moment)
        frozen.move_to(moment)
        worker.publish_due(now=moment)
    assert Receipt.objects.get(page=bad).state == Receipt.State.PARKED


@pytest.mark.parametrize("way", ["expire", "lapse"])
def test_a_page_that_cannot_be_taken_down_holds_up_nobody(frozen, now, monkeypatch, settings, way):
    settings.EMERGENCY_RELEASE = True
    monkeypatch.setattr(worker, "BATCH", 1)
    over = now + (HOUR if way == "expire" else 24 * HOUR)
    duty, author = getattr(worker, f"{way}_due"), make.editor()
    bad, good = (make.release(expire_at=over if way == "expire" else None) for _ in range(2))
    for page in (bad, good):
        page.save_revision(user=make.officer())
        if way == "expire":
            make.publish(page)
        else:
            make.release_alone(page, by=author, now=now)
    frozen.move_to(over)
    original = services.retraction.take_down

    def take_down_or_fail(page, **how):
        if page.pk == bad.pk and is_broken:
            raise RuntimeError("the index is broken")
        original(page, **how)

    is_broken = True
    for module in (services.retraction, services.emergency):
        monkeypatch.setattr(module, "take_down", take_down_or_fail)

    assert duty(now=over) == 0  # nothing was done: the worker may pause
    assert duty(now=over) == 1
    assert (stored(bad).live, stored(good).live) == (True, False)
    assert "the index is broken" in Receipt.objects.get(page=bad).error
    assert duty(now=over) == 0
    is_broken = False
    assert duty(now=over + worker.FIRST_PAUSE) == 1
    assert not stored(bad).live


def test_publishing_twice_publishes_once(frozen, now):
    page = make.publish(make.release(go_live_at=now + HOUR))
    receipt = Receipt.objects.get(page=page)
    frozen.move_to(now + HOUR)

    assert services.publish(receipt=receipt, now=now + HOUR)
    assert not services.publish(receipt=receipt, now=now + HOUR)
