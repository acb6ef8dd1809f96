"""What a camera writes into a picture, and readers need not know: place, device, owner."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

QUALITY = 92  # of a JPEG or WebP that is written anew


def without_metadata(file: Any) -> ContentFile:
    """Return the picture in `file` upright and without EXIF, GPS, XMP, IPTC and comments.

    The colour profile stays. `file` is an open image file that Wagtail's form has accepted.
    """
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
    return ContentFile(buffer.getvalue(), name=Path(file.name).name)
