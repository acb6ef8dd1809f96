"""Pictures are private until a public page shows them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery import addresses
from cms.media.services import forget_uses, hold, record_uses
from newsroom.approval.services import retract
from newsroom.approval.worker import publish_due
from tests import factories as make

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8"  # how a JPEG begins


def rendition_url(picture):
    return picture.get_rendition("fill-640x360").url


def test_a_picture_of_a_draft_is_private(client):
    picture = make.image()
    make.release(picture=picture).save_revision()

    assert client.get(rendition_url(picture)).status_code == 404
    assert client.head(rendition_url(picture)).status_code == 404
    assert client.get(rendition_url(picture), HTTP_RANGE="bytes=0-9").status_code == 404
    assert client.get(picture.file.url).status_code == 404


def test_what_is_private_takes_no_longer_than_what_is_not_there(client):
    def questions(url):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 404
        return len(asked)

    picture = make.image()
    private = (rendition_url(picture), picture.file.url, make.file().file.url)
    nothing = "/media/images/nothing.jpg"
    questions(nothing)  # what an error page shows is remembered from now on

    assert {questions(url) for url in private} == {questions(nothing)}


def test_a_picture_of_a_public_page_is_public_but_its_original_is_not(client):
    picture = make.image()
    make.publish(make.release(picture=picture))

    answer = client.get(rendition_url(picture))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "no-cache"
    again = client.get(rendition_url(picture), HTTP_IF_NONE_MATCH=answer["ETag"])
    assert b"".join(answer.streaming_content)[:2] == JPEG
    assert again.status_code == 304
    assert client.get(picture.file.url).status_code == 404


def test_who_works_in_the_admin_sees_all_pictures(client):
    picture = make.image()
    client.force_login(make.officer())

    for url in (rendition_url(picture), picture.file.url):
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert b"".join(answer.streaming_content)[:2] == JPEG


def test_an_account_without_the_admin_sees_no_private_picture(client):
    client.force_login(make.user())

    assert client.get(rendition_url(make.image())).status_code == 404


@pytest.mark.parametrize(
    "name", ["../db.sqlite3", "images/", "", "nothing.jpg", "%2e%2e/x", "a\x00b", "/etc/passwd"]
)
def test_no_other_file_is_served(client, name):
    default_storage.save("secret.txt", ContentFile(b"secret"))
    client.force_login(make.superuser())

    assert client.get(f"/media/{name}").status_code == 404
    assert client.get("/media/secret.txt").status_code == 404


@pytest.mark.parametrize("way", ["avatar_images/../{}", "avatar_images/%2e%2e/{}"])
def test_no_way_leads_from_the_accounts_pictures_to_the_others(client, way):
    image = make.image()
    client.force_login(make.superuser())
    assert client.get(f"/media/{image.file.name}").status_code == 200
    client.force_login(_colleague())
    name = default_storage.save("documents/of-another-house.txt", ContentFile(b"secret"))

    assert client.get(f"/media/{way.format(name)}").status_code == 404
    assert client.get(f"/media/{way.format(image.file.name)}").status_code == 404


def _colleague():
    person = make.user()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def test_media_answers_only_to_reading(client):
    assert client.post("/media/x.jpg").status_code == 405


def published_with(file):
    """Return a public release that shows `file`."""
    body = [("file", {"file": file, "title": "Zahlen"})]
    page = make.publish(make.release(body=body))
    record_uses({page.pk: ([], page.files_shown())})
    return page


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-3"}, {"if-none-match": "*"}])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_file_is_private_until_a_public_page_shows_it(client, method, headers):
    stored = make.file()
    make.release(body=[("file", {"file": stored, "title": "Zahlen"})]).save_revision()

    assert getattr(client, method)(stored.url, headers=headers).status_code == 404


def test_a_file_of_an_approved_release_is_private_until_its_hour(client, house):
    stored, page = make.file(), make.publish(make.release())
    hold(page_id=page.pk, image_ids=[], file_ids=[stored.pk])

    assert client.get(stored.url).status_code == 404


def test_a_file_of_a_public_page_is_handed_out_and_never_run(client):
    stored = make.file("Ort;Größe\n".encode(), name="Größen 2026.csv")
    published_with(stored)

    answer = client.get(stored.url)

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).decode() == "Ort;Größe\n"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-cache"
    again = client.get(stored.url, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    head = client.head(stored.url)
    assert (head.status_code, b"".join(head.streaming_content)) == (200, b"")
    part = client.get(stored.url, headers={"range": "bytes=0-2"})
    assert b"".join(part.streaming_content).decode() == "Ort;Größe\n"


def test_a_file_is_private_again_once_its_page_is_offline(client):
    stored = make.file()
    page = published_with(stored)
    forget_uses(page_id=page.pk)

    assert client.get(stored.url).status_code == 404


def test_a_use_of_a_page_that_is_not_public_shows_nothing(client, house):
    stored, page = make.file(), make.release()
    record_uses({page.pk: ([], [stored.pk])})

    assert client.get(stored.url).status_code == 404


def test_who_may_choose_a_file_sees_it_in_the_admin(client, house):
    stored = make.file()
    client.force_login(make.officer())
    answer = client.get(stored.url)
    assert b"".join(answer.streaming_content)
    assert answer["Cache-Control"] == "private, no-store"

    client.force_login(make.translator())  # works in the admin, chooses no files
    assert client.get(stored.url).status_code == 404


@pytest.mark.parametrize(
    "path", ["/documents/1/zahlen.csv", "/documents/authenticate_with_password/1/"]
)
def test_the_stock_address_of_files_serves_nothing(client, house, path):
    make.file()

    assert client.get(path, follow=True).status_code == 404


WAYS = {
    "whole": ("get", {}),
    "head": ("head", {}),
    "part": ("get", {"range": "bytes=0-9"}),
    "parts": ("get", {"range": "bytes=0-1,5-9"}),
    "end": ("get", {"range": "bytes=-5"}),
    "beyond": ("get", {"range": f"bytes={10**18}-"}),
    "known": ("get", {"if-none-match": "*"}),
    "resumed": ("get", {"range": "bytes=0-9", "if-range": '"x"'}),
}


@pytest.mark.parametrize("way", WAYS)
def test_however_it_is_asked_nothing_is_served_but_what_a_public_page_shows(
    client, frozen, now, way
):
    method, headers = WAYS[way]
    picture, stored = make.image(), make.file()
    page = make.release(
        picture=picture,
        body=[("file", {"file": stored, "title": "Zahlen"})],
        go_live_at=now + timedelta(hours=1),
    )
    shown = {rendition_url(picture), stored.url}
    every = {*shown, *addresses.media(page)}
    assert len(every) >= 6  # the original, its scaled copy, names to guess, the file

    def ask(url):
        answer = getattr(client, method)(url, headers=headers)
        return answer, b"".join(answer)  # reading to the end closes the file

    def answers():
        return {url for url in every if ask(url)[0].status_code != 404}

    assert answers() == set()
    page = make.publish(page)
    assert answers() == set()  # approved, and before its hour
    frozen.move_to(now + timedelta(hours=1))
    publish_due(now=now + timedelta(hours=1))
    assert answers() == shown
    for url in shown:
        answer, content = ask(url)
        if method == "get" and answer.status_code == 200:  # a part is answered by the whole
            assert content == b"".join(client.get(url))
            assert "Content-Range" not in answer
    retract(page=page, user=make.editor(), reason="", now=now + timedelta(hours=1))
    assert answers() == set()
