"""The sheet of members: its columns, from rows to drafts, from pages to rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from newsroom.members.drafts import Draft
from newsroom.members.identity import find, identity, new_identity
from newsroom.members.models import MemberIndexPage, MemberPage, MemberRegion
from newsroom.members.plain import as_text, is_same
from newsroom.members.sheets import values
from newsroom.members.sheets.columns import Column, Entry, Problem
from newsroom.regions.models import Region
from newsroom.vocabularies.models import Term

KEY = "external_id"
# Texts of a page that are stored as the sheet has them.
PLAIN = ("title", "short_name", "summary", "website", "email", "phone", "address", "since_year")


def terms(vocabulary: str) -> dict[str, Term]:
    """Return slug -> term of a vocabulary, in its order."""
    return {term.slug: term for term in Term.objects.filter(vocabulary=vocabulary)}


def region_keys() -> dict[str, str]:
    """Return key -> key of all regions; also by the 8-digit key of a municipality."""
    rows = Region.objects.order_by("key").values_list("key", "ags")
    return {name: key for key, ags in rows for name in dict.fromkeys((key, ags)) if name}


def columns() -> list[Column]:
    """Return the columns of the sheet of members."""
    text = values.text
    regions = values.several_of(region_keys(), "official keys of regions, separated by semicolons")
    ids = "ids separated by semicolons"
    return [
        Column(KEY, text(100), "M-001", "Your number of the member; stays for ever.", True),
        Column("title", text(255), "Musterverein", "Full name.", True),
        Column("short_name", text(60), "MV", "Short name."),
        Column(
            "kind",
            values.one_of(terms("provider_kind")),
            "civil_society",
            "Kind of provider.",
            True,
        ),
        Column("summary", text(400), "Wir helfen beim Ankommen.", "One or two sentences.", True),
        Column("description", values.paragraphs, "", "Text; an empty line begins a paragraph."),
        Column(
            "fields",
            values.several_of(terms("field_of_action")),
            "language;work",
            f"Fields of action: {ids}.",
        ),
        Column("regions", regions, "03158", "Regions served: official keys, semicolons.", True),
        Column("website", values.url, "https://example.org", "Web address."),
        Column("email", values.email, "info@example.org", "Address; asked about offers."),
        Column("phone", text(40), "+49 5331 0000", "Telephone."),
        Column("address", text(1000), "Musterweg 1, 38300 Wolfenbüttel", "Postal address."),
        Column("latitude", values.number(-90, 90), "52.1626", "Degrees, WGS 84."),
        Column("longitude", values.number(-180, 180), "10.5348", "Degrees, WGS 84."),
        Column("since_year", values.year, "2015", "Member since."),
    ]


def drafts(entries: Sequence[Entry]) -> tuple[list[Draft], list[Problem]]:
    """Return what the rows want to be stored, and what contradicts what is stored."""
    known = find(MemberPage, [entry.values[KEY] for entry in entries])
    parent = MemberIndexPage.objects.filter(locale__language_code="de").first()
    if parent is None:
        return [], [Problem(1, KEY, "", "a site with a directory; run setup_site first")]
    nameless = {
        page.title: page for page in MemberPage.objects.filter(external_id="", locale=parent.locale)
    }
    found = []
    for entry in entries:
        page = known.get(entry.values[KEY]) or nameless.get(entry.values["title"])
        found.append(_draft(entry, page, parent))
    return found, []


def _draft(entry: Entry, page: Any, parent: MemberIndexPage) -> Draft:
    row = dict(entry.values)
    fields = {name: row[name] for name in PLAIN if name in row}
    for name in ("latitude", "longitude", "description"):
        if name in row:
            fields[name] = row[name]
    fields["provider_kind"] = row["kind"]
    if "fields" in row:
        fields["fields_of_action"] = row["fields"]
    if page is None:
        fields |= new_identity(row[KEY])
        page = MemberPage(locale=parent.locale)
    elif "description" in fields and is_same(
        page.get_latest_revision_as_object().description, fields["description"]
    ):
        del fields["description"]
    regions = [MemberRegion(region_id=key) for key in dict.fromkeys(row["regions"])]
    return Draft(entry.row, page, parent, fields, {"region_links": regions})


def rows(pages: Iterable[MemberPage]) -> Iterable[dict[str, str]]:
    """Yield the rows of pages, as the same sheet reads them."""
    for page in pages:
        yield {
            KEY: identity(page),
            **{name: _cell(getattr(page, name)) for name in PLAIN},
            "kind": page.provider_kind.slug if page.provider_kind else "",
            "description": as_text(page.description),
            "fields": joined(term.slug for term in page.fields_of_action.all()),
            "regions": joined(region.key for region in page.regions()),
            "latitude": _cell(page.latitude),
            "longitude": _cell(page.longitude),
        }


def joined(ids: Iterable[str]) -> str:
    """Return ids as a cell holds them."""
    return values.SEPARATOR.join(ids)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
