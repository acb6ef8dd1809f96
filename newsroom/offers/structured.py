"""An offer as structured data (schema.org `Service`), for machines that read the page."""

from typing import Any

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def structured(page: Any, *, provider: Any) -> dict[str, Any]:
    """Return the offer as JSON-LD; empty values are left out."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Service",
        "name": page.title,
        "description": page.summary,
        "url": page.full_url,
        "inLanguage": page.locale.language_code,
        "availableLanguage": page.language_codes(),
        "isAccessibleForFree": page.is_free or None,
        "provider": provider and {"@type": "Organization", "name": provider.title},
        "areaServed": [
            {"@type": "AdministrativeArea", "name": region.full_name} for region in page.regions()
        ],
        "location": [_place(place) for place in page.places.all()],
        "hoursAvailable": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{DAYS[row.weekday - 1]}",
                "opens": f"{row.opens_at:%H:%M}",
                "closes": f"{row.closes_at:%H:%M}",
            }
            for row in page.hours.all()
        ],
    }
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def _place(place: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Place",
        "name": place.name or place.town,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.postal_code,
            "addressLocality": place.town,
            "addressCountry": "DE",
        },
    }
    if point := place.point():
        found["geo"] = {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]}
    return found
