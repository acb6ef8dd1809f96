"""A personal link shows one approved version to one reader, and nothing to anybody else."""

import re

import pytest
from django.test import Client

from newsroom.approval import worker
from newsroom.embargo import services
from newsroom.embargo.models import Opening
from tests import factories as make
from tests.newsroom.embargo.answers import pictures, shows, text
from tests.newsroom.embargo.conftest import HOUR

pytestmark = pytest.mark.django_db


def test_a_link_works_where_the_sites_address_ends_in_a_slash(
    client, release, invite, letter, settings
):
    settings.WAGTAILADMIN_BASE_URL = "https://example.org/"

    [address] = re.findall(r"https://\S+", letter(invite(release)))

    assert shows(client.get(address.removeprefix("https://example.org")))


def test_a_link_shows_the_approved_version_before_its_hour(client, release, invite, link):
    answer = client.get(link(invite(release)))

    assert shows(answer)
    assert "SPERRFRIST bis Montag, 23. November 2026, 11:00" in text(answer)
    assert answer["Content-Language"] == "de"


def test_no_cache_search_engine_or_other_site_learns_of_a_link(client, release, invite, link):
    path = link(invite(release))
    picture = pictures(client, path)[0]

    for answer in (
        client.get(path),
        client.head(path),
        client.post(path),
        client.get(picture),
        client.head(picture),
        client.get("/vorab/unknown/"),
        client.get("/vorab/"),
    ):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in answer
        assert "Last-Modified" not in answer
        answer.getvalue()  # closes the file


def test_a_link_sets_no_cookie_and_asks_for_no_session(client, release, invite, link):
    path = link(invite(release))
    client.force_login(make.editor())

    for url in (path, "/vorab/unknown/"):
        answer = client.get(url)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_link_is_only_read(release, invite, link, method):
    path = link(invite(release))
    strict = Client(enforce_csrf_checks=True)

    assert getattr(strict, method)(path).status_code == 405
    assert getattr(strict, method)(f"{path}media/x.jpg").status_code == 405
    assert getattr(strict, method)("/vorab/unknown/").status_code == 405


def test_nothing_but_the_link_is_different_from_an_unknown_one(
    client, release, invite, link, redaktion, frozen, now
):
    invitation, other = invite(release), invite(release, "bo@example.org")
    path, late = link(invitation), link(other)
    services.revoke(invitation=invitation, user=redaktion, now=now)
    token = path.split("/")[2]
    random, signature = token.split(".")
    unknown = client.get("/vorab/unknown/")
    assert unknown.status_code == 404

    wrong = [
        path,  # revoked
        path.swapcase().replace("/VORAB/", "/vorab/"),
        path.lower(),
        f"/vorab/{token[:-1]}/",
        f"/vorab/{token}A/",
        f"/vorab/{random}/",
        f"/vorab/.{signature}/",
        f"/vorab/{signature}.{random}/",
        f"/vorab/{random}%00.{signature}/",
        f"/vorab/{token}%00/",
        f"/vorab/{token}%ed%a0%80/",
        f"/vorab/{'A' * 100_000}/",
        f"/vorab/{token}//",
        f"/vorab/{token}/x",
        f"/vorab/{token}/media/",
        f"/vorab/{token}/media/a.jpg",
        f"/vorab/{'A' * 43}/media/a.jpg",
        "/vorab/",
        "/vorab//",
    ]
    frozen.move_to(now + HOUR)  # nobody has published yet
    for url in [*wrong, late]:
        answer = client.get(url)
        assert (answer.status_code, text(answer)) == (404, text(unknown)), url
        assert answer.headers == unknown.headers, url


def test_a_link_that_lost_its_last_character_still_works(client, release, invite, link):
    assert shows(client.get(link(invite(release)).rstrip("/")))


def test_internal_notes_are_not_shown(client, invite, link, frozen, now):
    page = make.publish(make.release(internal_notes="Nur für uns", go_live_at=now + HOUR))

    assert "Nur für uns" not in text(client.get(link(invite(page))))


def test_a_page_shown_early_names_nothing_else_that_is_not_public(
    client, release, invite, link, frozen, now
):
    make.publish(make.release(title="Geheime Schwester", go_live_at=now + HOUR))
    make.publish(make.translation(release, "ar", by=make.translator(), title="سر"))
    answer = text(client.get(link(invite(release))))

    assert "Geheime Schwester" not in answer
    assert "سر" not in answer
    assert "/api/v1/releases" not in answer
    assert "canonical" not in answer
    assert 'rel="alternate"' not in answer
    assert "ld+json" not in answer
    assert 'name="robots" content="noindex' in answer


def test_a_translation_is_shown_in_its_language_until_its_source_is_public(
    client, release, invite, link, frozen, now
):
    arabic = make.translation(release, "ar", by=make.translator(), title="عنوان سري")
    arabic.go_live_at = None
    make.publish(arabic)
    path = link(invite(arabic))

    answer = text(client.get(path))
    assert '<html lang="ar"' in answer
    assert "عنوان سري" in answer
    assert "محظور النشر حتى الاثنين" in answer
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    worker.publish_due(now=now + HOUR)
    assert client.get(path)["Location"].startswith("/ar/")


def test_every_opening_is_noted_without_the_reader(client, release, invite, link, redaktion, now):
    invitation = invite(release)
    path = link(invitation)
    [picture] = {url for url in pictures(client, path) if "fill-640x360" in url}
    client.get(picture).getvalue()
    client.head(path)  # shows nothing
    client.get(f"{path}media/unknown.jpg")
    services.revoke(invitation=invitation, user=redaktion, now=now)
    client.get(path)
    client.get("/vorab/unknown/")

    image = release.pictures.get().image_id
    assert list(Opening.objects.values_list("subject", "outcome", "invitation", "at")) == [
        ("page", "shown", invitation.pk, now),
        (f"picture {image}", "shown", invitation.pk, now),
        ("file", "refused", invitation.pk, now),
        ("page", "refused", invitation.pk, now),
    ]
    assert {field.name for field in Opening._meta.fields} == {
        *("id", "invitation", "at", "subject", "outcome")
    }


def test_no_public_surface_knows_of_a_link(client, release, invite, link):
    token = link(invite(release)).split("/")[2]

    for url in ("/robots.txt", "/de/", "/de/newsroom/", "/api/v1/search?q=Kanarien", "/de/suche/"):
        answer = text(client.get(url))
        assert token not in answer
        assert "vorab" not in answer
    assert client.get("/de/newsroom/kanarienadresse/").status_code == 404
