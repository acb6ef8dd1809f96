"""Reading Open Referral HSDS 3.0: a provider's export becomes the rows of the sheets.

So a file from elsewhere passes the same checks as a sheet.
"""

from typing import Any

from newsroom.members.sheets.columns import Problem
from newsroom.members.sheets.reading import MAX_ROWS, Row, Sheet
from newsroom.offers.cells import DAYS
from newsroom.offers.hsds import BYDAY, OFFER_TERMS, TEXTS


class Reader:
    """Turns an HSDS document into the sheets of offers and members."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.members: dict[str, dict[str, str]] = {}
        self.offers: list[dict[str, str]] = []

    def read(self, document: Any) -> None:
        """Read {"contents": [service, …]} or a list of services; note what has no right shape."""
        services = document.get("contents") if isinstance(document, dict) else document
        if not isinstance(services, list) or len(services) > MAX_ROWS:
            self.problems.append(
                Problem(1, "contents", "", f"a list of at most {MAX_ROWS} services")
            )
            return
        for number, each in enumerate(services, start=2):
            try:
                self.offers.append(self._offer(each))
            except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
                what = f"an HSDS 3.0 service ({type(error).__name__}: {error})"
                self.problems.append(Problem(number, "service", str(each)[:200], what))

    def sheets(self) -> tuple[Sheet, Sheet]:
        """Return the sheet of members and the sheet of offers."""
        return _sheet(list(self.members.values())), _sheet(self.offers)

    def _offer(self, data: dict[str, Any]) -> dict[str, str]:
        organization = data["organization"]
        member = str(organization["id"])
        self.members.setdefault(member, _member(organization))
        attributes = _attributes(data)
        summary, description = _texts(data, str(data.get("summary") or ""))
        return {
            "external_id": str(data["id"]),
            "member": member,
            "title": str(data["name"]),
            "summary": summary,
            "description": description,
            **{name: ";".join(attributes.get(t, ())) for name, (_f, t) in OFFER_TERMS.items()},
            "accessibility": ";".join(attributes.get("access", ())),
            "languages": ";".join(str(each["code"]) for each in data.get("languages", ())),
            "regions": ";".join(str(each["extent"]) for each in data.get("service_areas", ())),
            "mode": "".join(attributes.get("mode", ())[:1]),
            "places": "\n".join(map(_place_line, data.get("service_at_locations", ()))),
            "hours": "\n".join(map(_hours_line, data.get("schedules", ()))),
            "free": "yes" if _is_free(data) else "no",
            "cost": str(data.get("fees_description") or ""),
            "registration": str(data.get("application_process") or ""),
            **{name: "".join(attributes.get(t, ())[:1]) for name, t in TEXTS.items()},
            "email": str(data.get("email") or ""),
            "website": str(data.get("url") or ""),
            "phone": _phone(data),
        }


def _member(data: dict[str, Any]) -> dict[str, str]:
    attributes = _attributes(data)
    summary, description = _texts(data, "".join(attributes.get("summary", ())[:1]))
    point = "".join(attributes.get("point", ())[:1]).split(",")
    return {
        "external_id": str(data["id"]),
        "title": str(data["name"]),
        "short_name": str(data.get("alternate_name") or ""),
        "kind": "".join(attributes.get("provider_kind", ())[:1]),
        "summary": summary,
        "description": description,
        "fields": ";".join(attributes.get("field_of_action", ())),
        "regions": ";".join(attributes.get("region", ())),
        "website": str(data.get("website") or ""),
        "email": str(data.get("email") or ""),
        "phone": _phone(data),
        "address": "".join(attributes.get("address", ())[:1]),
        "latitude": point[0] if len(point) == 2 else "",
        "longitude": point[1] if len(point) == 2 else "",
        "since_year": "".join(attributes.get("since_year", ())[:1]),
    }


def _texts(data: dict[str, Any], summary: str) -> tuple[str, str]:
    """Return summary and description: HSDS must have a description, we must have a summary."""
    description = str(data.get("description") or "")
    summary = summary or description.split("\n")[0][:400]
    return summary, "" if description == summary else description


def _attributes(data: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in data.get("attributes", ()):
        term = each["taxonomy_term"]
        found.setdefault(str(term["taxonomy"]), []).append(str(term["code"]))
    return found


def _is_free(data: dict[str, Any]) -> bool:
    return any(option.get("amount") == 0 for option in data.get("cost_options", ()))


def _phone(data: dict[str, Any]) -> str:
    return "".join(str(phone["number"]) for phone in data.get("phones", ())[:1])


def _place_line(data: dict[str, Any]) -> str:
    location = data["location"]
    address = location["addresses"][0]
    parts = [
        location.get("name"), address.get("address_1"), address.get("postal_code"), address["city"],
    ]  # fmt: skip
    if location.get("latitude") is not None:
        parts += [location["latitude"], location["longitude"]]
    return " | ".join("" if part is None else str(part).replace("|", "/") for part in parts)


def _hours_line(data: dict[str, Any]) -> str:
    day = DAYS[BYDAY.index(data["byday"])]
    return f"{day} {data['opens_at']}-{data['closes_at']} {data.get('description') or ''}".strip()


def _sheet(rows: list[dict[str, str]]) -> Sheet:
    columns = tuple(rows[0]) if rows else ("external_id",)
    return Sheet(columns, tuple(Row(number, row) for number, row in enumerate(rows, start=2)))
