"""Pictures and files of a release are shown by its link alone."""

import re

import pytest
from django.conf import settings

from tests import factories as make
from tests.newsroom.embargo.answers import JPEG, pictures, text
from tests.newsroom.embargo.conftest import HOUR

pytestmark = pytest.mark.django_db


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
