"""A personal link shows one approved version to one reader, and nothing to anybody else."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from newsroom.approval import services as approval
from newsroom.approval import worker
from newsroom.approval.models import Receipt
from newsroom.embargo import services
from newsroom.embargo.models import Opening
from tests import factories as make
from tests.newsroom.embargo.conftest import HOUR

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
CANARY = "kanarien"
JPEG = b"\xff\xd8"  # how a JPEG begins


def text(answer):
    return answer.getvalue().decode(errors="replace")


def shows(answer):
    return answer.status_code == 200 and "Kanarientext" in text(answer)


def tells(answer):
    """Return whether anything of the release is in the answer, headers included."""
    return CANARY in f"{answer.headers} {text(answer)}".lower()


def pictures(client, path):
    """Return the addresses of the pictures on a page that a link shows."""
    page = text(client.get(path))
    return re.findall(r'[ "](/vorab/[^" ]+/media/[^" ]+)', page)


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


def test_a_link_of_one_release_shows_no_file_of_another(client, release, invite, link, now):
    other = make.publish(make.release(picture=make.image(), go_live_at=now + HOUR))
    mine, theirs = link(invite(release)), link(invite(other))
    picture = pictures(client, theirs)[0]
    name = picture.partition("/media/")[2]

    assert client.get(picture).getvalue().startswith(JPEG)
    assert client.get(f"{mine}media/{name}").status_code == 404
    assert client.get(f"/media/{name}").status_code == 404


def test_pictures_are_shown_by_the_link_alone_and_say_the_embargo(client, release, invite, link):
    path = link(invite(release))
    found = pictures(client, path)

    assert found
    assert f'"{settings.MEDIA_URL}' not in text(client.get(path))
    for url in found:
        answer = client.get(url)
        assert answer.getvalue().startswith(JPEG)
        assert answer["Content-Type"] == "image/jpeg"
        assert "SPERRFRIST_bis_2026-11-23_11.00_" in answer["Content-Disposition"]
        assert client.get(f"/media/{url.partition('/media/')[2]}").status_code == 404


def test_a_part_of_a_picture_and_its_head_are_answered(client, release, invite, link):
    url = pictures(client, link(invite(release)))[0]
    whole = client.get(url).getvalue()

    part = client.get(url, HTTP_RANGE="bytes=0-9")
    head = client.head(url)

    assert (part.status_code, part.getvalue()) == (200, whole)
    assert part["Accept-Ranges"] == "none"
    assert (head.status_code, head["Content-Length"]) == (200, str(len(whole)))
    assert not head.getvalue()


def test_the_original_of_a_picture_is_never_shown(client, release, invite, link):
    path = link(invite(release))
    original = release.pictures.get().image.file.name

    assert client.get(f"{path}media/{original}").status_code == 404
    assert client.get(f"{path}media/../{original}").status_code == 404


def test_files_and_inner_pictures_are_shown_by_the_link_alone(client, invite, link, frozen, now):
    shown, other, inner = make.file(), make.file(), make.image()
    body = [
        ("file", {"file": shown, "title": "Zahlen"}),
        ("picture", {"image": inner, "alt_text": "Markt", "credit_line": "Test"}),
    ]
    path = link(invite(make.publish(make.release(body=body, go_live_at=now + HOUR))))
    page = text(client.get(path))
    address = f"{path}media/{shown.file.name}"

    answer = client.get(address)

    assert f'href="{address}"' in page
    assert f'"{settings.MEDIA_URL}' not in page
    assert "Goslar" in text(answer)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="SPERRFRIST_bis_2026')
    assert client.get(f"{path}media/{other.file.name}").status_code == 404
    assert client.get(f"/media/{shown.file.name}").status_code == 404
    [small] = {url for url in re.findall(r'"(/vorab/[^"]+/media/[^"]+)"', page) if "csv" not in url}
    assert client.get(small).getvalue().startswith(JPEG)


@pytest.mark.parametrize("name", ["../db.sqlite3", "%00", "a%00b", "%ed%a0%80", "/etc/passwd"])
def test_no_other_file_is_shown(client, release, invite, link, name):
    assert client.get(f"{link(invite(release))}media/{name}").status_code == 404


def test_a_link_that_lost_its_last_character_still_works(client, release, invite, link):
    assert shows(client.get(link(invite(release)).rstrip("/")))


def test_a_revoked_link_stays_shut_even_when_the_release_is_public(
    client, release, invite, link, redaktion, frozen, now
):
    invitation = invite(release)
    path = link(invitation)
    picture = pictures(client, path)[0]
    services.revoke(invitation=invitation, user=redaktion, now=now)

    assert not tells(client.get(path))
    assert client.get(picture).status_code == 404
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    assert client.get(path).status_code == 404


def test_a_link_leads_to_the_public_page_from_its_hour_on(
    client, release, invite, link, frozen, now
):
    path = link(invite(release))
    picture = pictures(client, path)[0]
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)

    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, release.url)
    assert answer["Cache-Control"] == "private, no-store"
    answer = client.get(picture)
    assert answer["Location"] == f"/media/{picture.partition('/media/')[2]}"
    assert client.get(answer["Location"]).getvalue().startswith(JPEG)


def test_a_link_ends_at_the_hour_even_when_nobody_publishes(
    client, release, invite, link, frozen, now
):
    path = link(invite(release))
    picture = pictures(client, path)[0]

    frozen.move_to(now + HOUR - SECOND)
    assert shows(client.get(path))
    frozen.move_to(now + HOUR)
    assert client.get(path).status_code == 404
    assert client.get(picture).status_code == 404


def test_the_end_follows_a_postponed_hour(client, release, invite, link, redaktion, frozen, now):
    path = link(invite(release))
    approval.postpone(page=release, due_at=now + 2 * HOUR, user=redaktion, now=now)

    frozen.move_to(now + HOUR + SECOND)
    assert shows(client.get(path))
    assert "12:00" in text(client.get(path))
    frozen.move_to(now + 2 * HOUR)
    assert client.get(path).status_code == 404


def test_a_link_says_that_another_version_was_approved_and_shows_none(
    client, release, invite, link, frozen, now
):
    path = link(invite(release))
    picture = pictures(client, path)[0]
    release.body = [("paragraph", "<p>Zweites Kanarienwort</p>")]
    frozen.shift(60)
    make.publish(release)

    answer = client.get(path)
    assert answer.status_code == 410
    assert "Diese Fassung ist nicht mehr verfügbar" in text(answer)
    assert not tells(answer)
    assert client.get(picture).status_code == 404
    again = client.get(link(invite(release, at=timezone.now())))
    assert "Zweites Kanarienwort" in text(again)
    assert client.get(path).status_code == 404  # the new link has replaced it


def test_a_link_shows_nothing_when_the_approval_was_dropped(
    client, release, invite, link, redaktion, now
):
    path = link(invite(release))
    assert approval.drop_approval(page=release, user=redaktion, now=now)

    answer = client.get(path)
    assert answer.status_code == 410
    assert not tells(answer)


def test_a_link_of_an_earlier_approval_of_the_same_text_stays_shut(
    client, release, invite, link, now
):
    path = link(invite(release))
    Receipt.objects.filter(page=release.pk).update(approved_at=now + SECOND)

    assert client.get(path).status_code == 410


def test_a_link_shows_no_text_that_was_changed_below_its_receipt(client, release, invite, link):
    path = link(invite(release))
    revision = release.latest_revision
    revision.content["title"] = "Kanarienfälschung"
    revision.save()

    answer = client.get(path)
    assert answer.status_code == 410
    assert not tells(answer)


def test_a_link_shows_no_picture_that_was_changed_below_its_receipt(client, release, invite, link):
    path = link(invite(release))
    picture = pictures(client, path)[0]
    image = release.pictures.get().image
    default_storage.delete(image.file.name)
    default_storage.save(image.file.name, ContentFile(make.jpeg("red")))

    assert client.get(path).status_code == 410
    assert client.get(picture).status_code == 404
    default_storage.delete(image.file.name)
    assert client.get(path).status_code == 410


def test_the_mark_names_the_promise_to_others_the_end_is_the_hour_of_publication(
    client, invite, link, frozen, now
):
    page = make.release(embargoed_until=now + HOUR / 2, go_live_at=now + HOUR)
    path = link(invite(make.publish(page)))

    frozen.move_to(now + HOUR - SECOND)
    assert "SPERRFRIST bis Montag, 23. November 2026, 10:30" in text(client.get(path))
    frozen.move_to(now + HOUR)
    assert client.get(path).status_code == 404


def test_internal_notes_are_not_shown(client, invite, link, frozen, now):
    page = make.publish(make.release(internal_notes="Nur für uns", go_live_at=now + HOUR))

    assert "Nur für uns" not in text(client.get(link(invite(page))))


@pytest.mark.parametrize("is_live", [False, True])
def test_a_link_says_that_the_release_was_taken_back(
    client, release, invite, link, redaktion, frozen, now, is_live
):
    path = link(invite(release))
    picture = pictures(client, path)[0]
    if is_live:
        frozen.move_to(now + HOUR)
        worker.publish_due(now=now + HOUR)
    approval.retract(page=release, user=redaktion, reason="Kanarie", now=timezone.now())

    answer = client.get(path)
    assert answer.status_code == 410
    assert "zurückgezogen" in text(answer)
    assert not tells(answer)
    assert client.get(picture).status_code == 404


def test_an_ended_release_tells_nothing(client, frozen, now, invite, link):
    page = make.publish(make.release(go_live_at=now + HOUR, expire_at=now + 2 * HOUR))
    path = link(invite(page))
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    frozen.move_to(now + 2 * HOUR)

    assert client.get(path).status_code == 404
    worker.expire_due(now=now + 2 * HOUR)
    assert client.get(path).status_code == 404


def test_a_deleted_release_takes_its_links_along(client, release, invite, link):
    path = link(invite(release))
    Receipt.objects.filter(page=release.pk).delete()

    assert client.get(path).status_code == 404


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
