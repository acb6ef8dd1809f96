"""The sheet of offers: its columns, from rows to drafts, from pages to rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from newsroom.members.drafts import Draft
from newsroom.members.identity import find, identity, new_identity
from newsroom.members.models import MemberPage
from newsroom.members.plain import as_text, is_same
from newsroom.members.sheet import KEY, joined, region_keys, terms
from newsroom.members.sheets import values
from newsroom.members.sheets.columns import Column, Entry, Problem
from newsroom.offers import cells
from newsroom.offers.models import OfferHours, OfferPage, OfferPlace, OfferRegion

# Texts of a page that are stored as the sheet has them.
PLAIN = (
    *("title", "summary", "address", "times", "cost", "access", "registration", "contact"),
    *("email", "phone", "website"),
)
# Column -> vocabulary and field.
VOCABULARIES = {
    "types": ("offer_type", "offer_types"),
    "fields": ("field_of_action", "fields_of_action"),
    "groups": ("target_group", "target_groups"),
    "accessibility": ("access", "accessibility"),
}


def columns() -> list[Column]:
    """Return the columns of the sheet of offers."""
    text = values.text
    regions = values.several_of(region_keys(), "official keys of regions, separated by semicolons")
    spoken = values.several_of({slug: slug for slug in terms("language_spoken")})
    modes = {value: value for value in OfferPage.Mode.values}
    examples = {
        "types": ("course", "Kinds of offer"),
        "fields": ("language", "Fields of action"),
        "groups": ("refugees;women", "Target groups"),
        "accessibility": ("step-free;lift", "Access without barriers"),
    }
    return [
        Column(KEY, text(100), "A-001", "Your number of the offer; stays for ever.", True),
        Column("member", text(100), "M-001", "Id of the member that offers it.", True),
        Column("title", text(255), "Deutsch für den Alltag", "Name of the offer.", True),
        Column("summary", text(400), "Kurs für den Anfang.", "One or two sentences.", True),
        Column("description", values.paragraphs, "", "Text; an empty line begins a paragraph."),
        *(
            Column(
                name,
                values.several_of(terms(vocabulary)),
                examples[name][0],
                f"{examples[name][1]}: ids separated by semicolons.",
            )
            for name, (vocabulary, _field) in VOCABULARIES.items()
        ),
        Column("languages", spoken, "de;ar", "Languages spoken: ids, semicolons."),
        Column("regions", regions, "03158", "Regions served: official keys, semicolons.", True),
        Column("mode", values.one_of(modes), "on_site", "on_site (default), online or both."),
        Column(
            "places",
            cells.places,
            "Haus der Kirche | Musterweg 1 | 38300 | Wolfenbüttel | 52.1626 | 10.5348",
            "One a line: name | street | postal code | town | latitude | longitude.",
        ),
        Column("address", text(1000), "", "Address as text, where `places` do not fit."),
        Column("hours", cells.hours, "Mo 09:00-12:00", "One a line: day from-until note."),
        Column("times", text(1000), "", "Times as text."),
        Column("cost", text(200), "", "Cost."),
        Column("free", values.yes_no, "yes", "Free of charge: yes or no."),
        Column("access", text(1000), "", "More about access."),
        Column("registration", text(1000), "", "Registration."),
        Column("contact", text(1000), "", "Contact as text."),
        Column("email", values.email, "kurse@example.org", "Asked whether it is still right."),
        Column("phone", text(40), "+49 5331 0000", "Telephone."),
        Column("website", values.url, "https://example.org", "Web address."),
    ]


def drafts(entries: Sequence[Entry]) -> tuple[list[Draft], list[Problem]]:
    """Return what the rows want to be stored, and what contradicts what is stored."""
    known = find(OfferPage, [entry.values[KEY] for entry in entries])
    members = find(MemberPage, [entry.values["member"] for entry in entries])
    found, problems = [], []
    for entry in entries:
        member, page = members.get(entry.values["member"]), known.get(entry.values[KEY])
        if member is None:
            problems.append(
                Problem(entry.row, "member", entry.values["member"], "the id of a known member")
            )
        elif page is not None and not page.is_child_of(member):
            problems.append(
                Problem(entry.row, KEY, entry.values[KEY], "an id no other member's offer has")
            )
        else:
            found.append(draft(entry, page, member))
    return found, problems


def draft(entry: Entry, page: Any, member: MemberPage) -> Draft:
    """Return what a row wants to be stored of an offer of `member`; `page` None: a new one."""
    row = dict(entry.values)
    fields = {name: row[name] for name in (*PLAIN, "description") if name in row}
    fields |= {field: row[name] for name, (_v, field) in VOCABULARIES.items() if name in row}
    if "mode" in row:
        fields["mode"] = row["mode"] or OfferPage.Mode.ON_SITE
    if "free" in row:
        fields["is_free"] = row["free"]
    if "languages" in row:
        fields["languages"] = ", ".join(row["languages"])
    if page is None:
        fields |= new_identity(row[KEY])
        page = OfferPage(locale=member.locale)
    elif "description" in fields and is_same(
        page.get_latest_revision_as_object().description, fields["description"]
    ):
        del fields["description"]
    children: dict[str, list[Any]] = {
        "region_links": [OfferRegion(region_id=key) for key in dict.fromkeys(row["regions"])]
    }
    if "places" in row:
        children["places"] = [OfferPlace(**place) for place in row["places"]]
    if "hours" in row:
        children["hours"] = [OfferHours(**hours) for hours in row["hours"]]
    return Draft(entry.row, page, member, fields, children)


def rows(pages: Iterable[OfferPage]) -> Iterable[dict[str, str]]:
    """Yield the rows of pages, as the same sheet reads them."""
    for page in pages:
        yield {
            KEY: identity(page),
            "member": identity(page.get_parent().specific),
            **{name: getattr(page, name) for name in PLAIN},
            **{
                name: joined(term.slug for term in getattr(page, field).all())
                for name, (_vocabulary, field) in VOCABULARIES.items()
            },
            "description": as_text(page.description),
            "languages": joined(page.language_codes()),
            "regions": joined(region.key for region in page.regions()),
            "mode": page.mode,
            "free": "yes" if page.is_free else "no",
            "places": "\n".join(map(cells.place_line, page.places.all())),
            "hours": "\n".join(map(cells.hours_line, page.hours.all())),
        }
