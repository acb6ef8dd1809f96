"""Offers in the words of Open Referral HSDS 3.0 (https://docs.openreferral.org/).

What HSDS has no word for stands in `attributes`, as HSDS wants it: a taxonomy and a term. Sets are
sorted, so that two instances with the same content say the same bytes.
"""

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from newsroom.members.plain import as_text

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Column of the sheets -> taxonomy.
OFFER_TERMS = {
    "types": ("offer_types", "offer_type"),
    "fields": ("fields_of_action", "field_of_action"),
    "groups": ("target_groups", "target_group"),
}
# Text of an offer -> taxonomy; "access" is that of the vocabulary.
TEXTS = {"times": "times", "access": "access_note", "contact": "contact", "address": "address"}
MODES = {"on_site": "physical", "online": "virtual", "both": "physical"}


def service(page: Any, member: Any) -> dict[str, Any]:
    """Return a public offer as HSDS `service`, with its organization; empty values are left out."""
    key = str(page.translation_key)
    found = {
        "id": key,
        "name": page.title,
        "status": "active",
        "description": as_text(page.description) or page.summary,
        "summary": page.summary,
        "url": page.website,
        "email": page.email,
        "fees_description": page.cost,
        "application_process": page.registration,
        "organization": organization(member),
        "phones": _phones(key, page.phone),
        "languages": [
            {"id": _id(key, "language", code), "code": code}
            for code in sorted(page.language_codes())
        ],
        "schedules": [_schedule(key, number, row) for number, row in enumerate(page.hours.all())],
        "service_areas": _areas(key, page),
        "service_at_locations": [
            _location(key, number, place, page) for number, place in enumerate(page.places.all())
        ],
        "cost_options": [{"id": _id(key, "cost", 0), "amount": 0}] if page.is_free else [],
        "attributes": [
            *_terms(key, page, OFFER_TERMS),
            *_terms(key, page, {"accessibility": ("accessibility", "access")}),
            _attribute(key, "mode", page.mode),
            *(
                _attribute(key, taxonomy, getattr(page, name))
                for name, taxonomy in TEXTS.items()
                if getattr(page, name)
            ),
        ],
    }
    return _filled(found)


def organization(page: Any) -> dict[str, Any]:
    """Return a public member as HSDS `organization`; empty values are left out."""
    key = str(page.translation_key)
    found = {
        "id": key,
        "name": page.title,
        "alternate_name": page.short_name,
        "description": as_text(page.description) or page.summary,
        "email": page.email,
        "website": page.website,
        "phones": _phones(key, page.phone),
        "attributes": [
            _attribute(key, taxonomy, value, of="organization")
            for taxonomy, value in _facts(page)
            if value
        ],
    }
    return _filled(found)


def _facts(page: Any) -> Iterable[tuple[str, str]]:
    """Yield what HSDS has no field for: taxonomy and value."""
    yield "provider_kind", page.provider_kind.slug if page.provider_kind else ""
    for term in page.fields_of_action.all():
        yield "field_of_action", term.slug
    for key in sorted(region.key for region in page.regions()):
        yield "region", key
    yield "summary", page.summary
    yield "address", page.address
    if page.latitude is not None and page.longitude is not None:
        yield "point", f"{page.latitude},{page.longitude}"
    yield "since_year", str(page.since_year or "")


def _phones(key: str, number: str) -> list[dict[str, str]]:
    return [{"id": _id(key, "phone", 0), "number": number}] if number else []


def _schedule(key: str, number: int, row: Any) -> dict[str, Any]:
    return _filled(
        {
            "id": _id(key, "schedule", number),
            "freq": "WEEKLY",
            "byday": BYDAY[row.weekday - 1],
            "opens_at": f"{row.opens_at:%H:%M}",
            "closes_at": f"{row.closes_at:%H:%M}",
            "description": row.note,
        }
    )


def _areas(key: str, page: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": _id(key, "area", region.key),
            "name": region.full_name,
            "extent": region.key,
            "extent_type": "other",
        }
        for region in sorted(page.regions(), key=lambda region: region.key)
    ]


def _location(key: str, number: int, place: Any, page: Any) -> dict[str, Any]:
    location = {
        "id": _id(key, "location", number),
        "location_type": MODES[page.mode],
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "addresses": [
            _filled(
                {
                    "id": _id(key, "address", number),
                    "address_1": place.street,
                    "city": place.town,
                    "postal_code": place.postal_code,
                    "country": "DE",
                    "address_type": "physical",
                }
            )
        ],
    }
    return {"id": _id(key, "at", number), "location": _filled(location)}


def _terms(key: str, page: Any, columns: dict[str, tuple[str, str]]) -> Iterable[dict[str, Any]]:
    for field, taxonomy in columns.values():
        for term in getattr(page, field).all():
            yield _attribute(key, taxonomy, term.slug)


def _attribute(key: str, taxonomy: str, value: str, *, of: str = "service") -> dict[str, Any]:
    return {
        "id": _id(key, taxonomy, value),
        "link_id": key,
        "link_entity": of,
        "taxonomy_term": {"id": _id("term", taxonomy, value), "code": value, "taxonomy": taxonomy},
    }


def _id(key: str, what: str, value: object) -> str:
    """Return a UUID that is the same in every export of the same thing."""
    return str(uuid5(NAMESPACE_URL, f"{key}/{what}/{value}"))


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
