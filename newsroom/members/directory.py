"""What a reader asks the directory for: kind, field of action, place, first letter."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from newsroom.regions.lookup import match
from newsroom.regions.models import Region
from newsroom.regions.selectors import ancestors

MAX_TEXT = 100  # characters of a parameter


@dataclass(frozen=True, slots=True)
class Question:
    """The reader's question. `regions` is empty although `place` is not: the place is unknown."""

    kind: str = ""
    field: str = ""
    place: str = ""
    letter: str = ""
    regions: tuple[Region, ...] = ()

    @property
    def is_unknown_place(self) -> bool:
        """Return whether the reader named a place that nobody knows."""
        return bool(self.place) and not self.regions


def read(query: QueryDict) -> Question:
    """Return the question of an address; what cannot be read counts as not asked."""
    texts = {name: _text(query.get(name, "")) for name in ("kind", "field", "region", "letter")}
    place = texts["region"]
    return Question(
        kind=texts["kind"],
        field=texts["field"],
        place=place,
        letter=texts["letter"][:1].upper(),
        regions=match(place).regions if place else (),
    )


def narrow(members: QuerySet[Any], question: Question) -> QuerySet[Any]:
    """Return the members that answer the question, apart from the letter.

    A place finds who serves it, something in it, or something above it.
    """
    if question.kind:
        members = members.filter(provider_kind__slug=question.kind)
    if question.field:
        members = members.filter(fields_of_action__slug=question.field)
    if question.place:
        wanted = Q(pk__in=[])
        for region in question.regions:
            above = [each.key for each in ancestors(region)]
            wanted |= Q(region_links__region__key__in=above)
            wanted |= Q(region_links__region__key__startswith=region.key)
        members = members.filter(wanted)
    return members.distinct()


def initial(title: str) -> str:
    """Return the letter under which a title stands; "#" for digits and signs."""
    letter = next((char for char in title if char.isalnum()), "#").upper()
    letter = {"Ä": "A", "Ö": "O", "Ü": "U"}.get(letter, letter)
    return letter[:1] if letter.isalpha() else "#"


def _text(value: str) -> str:
    return value.replace("\x00", "").strip()[:MAX_TEXT]
