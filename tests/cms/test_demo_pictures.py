"""The demo's pictures: the same bytes every time, light, and complete."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from cms.demo.pictures import FOLDER, PICTURES, Canvas, UnknownCommandError, draw

RELEASES = Path(FOLDER).parent / "releases.json"


def test_there_are_at_least_eight_pictures():
    assert len(PICTURES) >= 8


@pytest.mark.parametrize("picture_id", PICTURES)
def test_picture_is_a_light_jpeg_of_the_promised_size_without_metadata(picture_id):
    data = draw(picture_id)
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (1600, 1067), "RGB")
        assert not image.getexif()
    assert len(data) < 250_000


@pytest.mark.parametrize("picture_id", PICTURES)
def test_picture_is_the_same_every_time(picture_id):
    assert draw(picture_id) == draw(picture_id)


def test_no_two_pictures_are_the_same():
    assert len({draw(picture_id) for picture_id in PICTURES}) == len(PICTURES)


def test_every_picture_of_a_release_exists_and_every_picture_is_used():
    releases = json.loads(RELEASES.read_text(encoding="utf-8"))
    assert {release["picture"]["file"] for release in releases} == set(PICTURES)


@pytest.mark.parametrize("picture_id", ["", "unknown", "../releases"])
def test_unknown_picture_is_refused(picture_id):
    with pytest.raises(KeyError):
        draw(picture_id)


@pytest.mark.parametrize("line", ["castle teal 1 2", "box pink 1 2 3 4", "_pixels 1", "jpeg"])
def test_unknown_command_or_colour_is_refused(line):
    with pytest.raises(UnknownCommandError):
        Canvas().command(line)
