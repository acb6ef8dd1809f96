"""A member as structured data (schema.org), for machines that read the page."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# Kinds of provider that schema.org knows closer than as an organisation.
TYPES = {
    "state": "GovernmentOrganization",
    "municipal": "GovernmentOrganization",
    "federal": "GovernmentOrganization",
    "civil_society": "NGO",
    "welfare": "NGO",
    "migrant_organisation": "NGO",
    "foundation": "NGO",
}
# What could end the element, or begin another one, inside of text.
ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def structured(page: Any) -> dict[str, Any]:
    """Return the member as JSON-LD; empty values are left out."""
    kind = page.provider_kind.slug if page.provider_kind else ""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(kind, "Organization"),
        "name": page.title,
        "alternateName": page.short_name,
        "description": page.summary,
        "url": page.website or page.full_url,
        "mainEntityOfPage": page.full_url,
        "email": page.email,
        "telephone": page.phone,
        "address": page.address.replace("\r\n", "\n").replace("\n", ", "),
        "areaServed": [
            {"@type": "AdministrativeArea", "name": region.full_name} for region in page.regions()
        ],
    }
    if page.latitude is not None and page.longitude is not None:
        geo = {"@type": "GeoCoordinates", "latitude": page.latitude, "longitude": page.longitude}
        data["location"] = {"@type": "Place", "geo": geo}
    return {name: value for name, value in data.items() if value}


def as_script(data: dict[str, Any]) -> SafeString:
    """Return the text of a script element that carries data; it is never run."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308
