"""What a camera writes into a picture, and readers need not know: place, device, owner."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# What Pillow raises over a broken file: also errors of the file's own structure.
DAMAGED = (
    *(OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, KeyError),
    *(struct.error, zlib.error, Image.DecompressionBombError),
)
QUALITY = 92  # of a JPEG or WebP that is written anew


class UnreadablePictureError(ValueError):
    """The picture is damaged: its end is missing, or what it says of itself is not true."""


class CleanPicture(ContentFile):
    """A picture without what its camera knew."""


def without_metadata(file: Any) -> CleanPicture:
    """Return the picture in `file` upright and without EXIF, GPS, XMP, IPTC and comments.

    The colour profile stays. `file` is an open image file whose beginning Wagtail's form has
    accepted. Raises UnreadablePictureError.
    """
    try:
        return _clean(file)
    except DAMAGED as error:
        raise UnreadablePictureError(file.name) from error


def _clean(file: Any) -> CleanPicture:
    file.seek(0)
    with Image.open(file) as opened:
        kind = opened.format or "JPEG"
        profile = opened.info.get("icc_profile")
        picture = ImageOps.exif_transpose(opened)
        clean = Image.new(picture.mode, picture.size)
        if picture.palette:
            clean.putpalette(picture.getpalette() or [])
        clean.paste(picture)
        if "transparency" in picture.info:
            clean.info["transparency"] = picture.info["transparency"]
    buffer = BytesIO()
    options: dict[str, Any] = {"quality": QUALITY} if kind in ("JPEG", "WEBP") else {}
    clean.save(buffer, kind, icc_profile=profile, **options)
    return CleanPicture(buffer.getvalue(), name=Path(file.name).name)
