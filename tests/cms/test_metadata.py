"""What a camera knows does not reach the readers."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from cms.media.metadata import without_metadata

WORD = b"Geheimnis"


def picture(kind, mode="RGB", **options):
    buffer = BytesIO()
    image = Image.new(mode, (40, 20))
    image.putpixel((0, 0), 255 if mode == "L" else (255,) * len(image.getbands()))
    image.save(buffer, kind, **options)
    return ContentFile(buffer.getvalue(), name=f"tief/bild.{kind.lower()}")


def exif(**tags):
    data = Image.Exif()
    data[0x010E] = WORD.decode()  # ImageDescription
    data[0x0112] = tags.get("orientation", 1)
    data.get_ifd(0x8825)[2] = (52.0, 9.0, 42.0)  # GPSLatitude
    return data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_words_are_removed(kind):
    file = picture(kind, exif=exif())
    assert WORD in file.read()

    clean = without_metadata(file)

    assert WORD not in clean.read()
    clean.seek(0)
    with Image.open(clean) as image:
        assert not image.getexif()
        assert image.format == kind
    assert clean.name == f"bild.{kind.lower()}"


def test_the_picture_stays_upright():
    clean = without_metadata(picture("JPEG", exif=exif(orientation=6)))

    with Image.open(clean) as image:
        assert image.size == (20, 40)


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "LA"])
def test_transparency_and_palettes_stay(mode):
    source = Image.new("RGBA" if mode in ("P", "RGBA") else mode, (8, 8), None)
    source = source.convert(mode)
    buffer = BytesIO()
    source.save(buffer, "PNG")

    clean = without_metadata(ContentFile(buffer.getvalue(), name="bild.png"))

    with Image.open(clean) as image:
        assert image.mode == mode
        assert image.convert("RGBA").tobytes() == source.convert("RGBA").tobytes()
