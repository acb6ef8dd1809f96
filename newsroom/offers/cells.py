"""Cells of a sheet that hold several things: places and hours, one a line."""

import re
from datetime import time
from math import isfinite, nan
from typing import Any

from django.core.exceptions import ValidationError

from newsroom.members.sheets import values
from newsroom.offers.models import OfferHours, OfferPlace

DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
MAX_LINE = 1_000  # characters of a part of a line; the models are stricter
PLACE = ("name", "street", "postal_code", "town", "latitude", "longitude")
_HOURS = re.compile(r"(\w\w) (\d\d?):(\d\d)-(\d\d?):(\d\d)(?: (.+))?")


def places(cell: str) -> list[dict[str, Any]]:
    """Return the places of a cell: name | street | postal code | town | latitude | longitude."""
    return [_place(line) for line in cell.splitlines() if line.strip()]


def _place(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) not in (4, 6):
        raise ValueError(f"lines of {' | '.join(PLACE)}; the last two may be missing")
    fields: dict[str, Any] = dict(zip(PLACE, parts, strict=False))
    for name in ("latitude", "longitude"):
        fields[name] = _degrees(fields.get(name, ""))
    return _checked(OfferPlace, fields)


def _degrees(text: str) -> float | None:
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError:
        degrees = nan
    if not isfinite(degrees):
        raise ValueError("latitude and longitude in degrees, with a point")
    return degrees


def hours(cell: str) -> list[dict[str, Any]]:
    """Return the hours of a cell: day, from-until, a note; for example "Mo 09:00-12:00"."""
    return [_hours(line.strip()) for line in cell.splitlines() if line.strip()]


def _hours(line: str) -> dict[str, Any]:
    found = _HOURS.fullmatch(line)
    if not found or found[1] not in DAYS:
        raise ValueError(f"lines like “Mo 09:00-12:00 note”, the day one of {', '.join(DAYS)}")
    try:
        opens, closes = time(int(found[2]), int(found[3])), time(int(found[4]), int(found[5]))
    except ValueError:
        raise ValueError("times from 00:00 to 23:59") from None
    fields = {"weekday": DAYS.index(found[1]) + 1, "opens_at": opens, "closes_at": closes}
    return _checked(OfferHours, {**fields, "note": found[6] or ""})


def _checked(model: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields if the model takes them. Raises ValueError with what was expected."""
    for value in fields.values():
        values.text(MAX_LINE)(str(value))
    try:
        model(**fields).full_clean(exclude=["page"], validate_unique=False)
    except ValidationError as error:
        text = "; ".join(f"{name}: {' '.join(of)}" for name, of in error.message_dict.items())
        raise ValueError(f"fields that fit ({text})") from None
    return fields


def place_line(place: Any) -> str:
    """Return a place as a line of a cell; bars inside of names become slashes."""
    parts = [getattr(place, name) for name in PLACE[:4]]
    if point := place.point():
        parts += [str(number) for number in point]
    return " | ".join(str(part).replace("|", "/") for part in parts)


def hours_line(row: Any) -> str:
    """Return hours as a line of a cell."""
    text = f"{DAYS[row.weekday - 1]} {row.opens_at:%H:%M}-{row.closes_at:%H:%M} {row.note}"
    return text.strip()
