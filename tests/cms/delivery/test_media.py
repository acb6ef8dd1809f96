"""Pictures are private until a public page shows them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

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


def test_media_answers_only_to_reading(client):
    assert client.post("/media/x.jpg").status_code == 405
