"""Names as people type them: pure functions, no database.

Every way to type a name is brought into one form, without spaces: "Bad Harzburg", "bad-harzburg"
and "BADHARZBURG" are "badharzburg"; "Wolfenbüttel", "Wolfenbuettel" and "Wolfenbuttel" are
"wolfenbuttel". What is stored and what is asked pass the same functions.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from newsroom.regions.models import RegionName

Rank = RegionName.Rank
MAX_KEY = 120  # characters

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
    }
)  # fmt: skip
_UMLAUT_PAIR = re.compile(r"(?<![aeiouq])([aou])e")
_APOSTROPHES = re.compile(r"['’`´]")
_GERMAN = re.compile(r"[A-Za-zÄÖÜäöüß .,()/-]+")
_DISTRICT_SUFFIX = re.compile(r"(.+?)[- ]?kreis", flags=re.IGNORECASE)

# What the official names and the people abbreviate.
_ABBREVIATIONS = {
    "st": "sankt", "skt": "sankt", "erzgeb": "erzgebirge", "vogtl": "vogtland", "sa": "sachsen",
    "thur": "thuringen", "opf": "oberpfalz", "rhld": "rheinland", "westf": "westfalen",
    "oldb": "oldenburg", "ofr": "oberfranken", "ufr": "unterfranken", "mfr": "mittelfranken",
    "ndb": "niederbayern", "obb": "oberbayern", "lk": "landkreis",
    "lkr": "landkreis", "lkrs": "landkreis", "ldkr": "landkreis", "landkr": "landkreis",
    "kr": "kreis", "krs": "kreis", "schwab": "schwabisch", "sachs": "sachsische",
    "bez": "bezirk", "ostfriesl": "ostfriesland", "ostfr": "ostfriesland", "holst": "holstein",
    "meckl": "mecklenburg", "brbg": "brandenburg", "wurtt": "wurttemberg", "bgl": "bergisch",
    "rbge": "rubenberge", "hann": "hannoversch",
}  # fmt: skip
_BEGINNINGS = frozenset({"hann", "bez", "bgl", "krs", "meckl"})
# Words between names: "Frankfurt am Main", "Frankfurt a.M.", "Frankfurt/Main", "Frankfurt (Main)".
SMALL_WORDS = frozenset(
    {
        "a", "am", "an", "auf", "b", "bei", "d", "dem", "den", "der", "die", "das", "i", "im", "in",
        "o", "ob", "u", "und", "unter", "v", "vom", "von", "vor", "zu", "zum", "zur",
    }
)  # fmt: skip
# Words of a designation that say nothing besides it: "kreisfreie Stadt Emden".
_DROPPED = frozenset({"kreisfreie", "kreisangehorige"})
_OF_STATES = ("land", "bundesland", "freistaat")
_OF_DISTRICTS = ("landkreis", "kreis")
_OF_TOWNS = ("stadt", "gemeinde")
DESIGNATIONS = frozenset((*_OF_STATES, *_OF_DISTRICTS, *_OF_TOWNS, "markt", "flecken", "region"))
_SKIPPED = SMALL_WORDS | DESIGNATIONS
# Designations that stand inside an official name: "Region Hannover" is also "Hannover".
_LEADING = ("stadteregion", "regionalverband", "region", "landkreis", "eifelkreis")
# What people put behind a name: "Harz Landkreis".
TRAILING = DESIGNATIONS | frozenset(_LEADING)


def words(text: str) -> list[str]:
    """Return the folded words of a text: lower case, no marks, ü as u, abbreviations spelt out.

    The last word stays as it is where it may be the beginning of another: "St" of "Stuttgart".
    """
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFC", text)).casefold()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    signs = "".join(sign if sign.isalnum() else " " for sign in plain)
    folded = [_UMLAUT_PAIR.sub(r"\1", word) for word in signs.split()]
    folded = [word for word in folded if word not in _DROPPED] or folded
    last = len(folded) - 1
    is_finished = text.rstrip(" )").endswith(".")
    return [
        _ABBREVIATIONS.get(word, word)
        if place < last or is_finished or (last and len(word) > 2 and word not in _BEGINNINGS)
        else word
        for place, word in enumerate(folded)
    ]


def joined(some: Sequence[str]) -> str:
    """Return words as one key, without the small ones after the first."""
    kept = [word for place, word in enumerate(some) if place == 0 or word not in SMALL_WORDS]
    return "".join(kept)[:MAX_KEY]


def key(text: str) -> str:
    """Return the form in which a name is compared: "Frankfurt a. M." -> "frankfurtm"."""
    return joined(words(text))


def slug(full_name: str) -> str:
    """Return a name for addresses: "Landkreis Wolfenbüttel" -> "landkreis-wolfenbuettel"."""
    spelled = full_name.casefold().translate(
        str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}) | _LETTERS
    )
    decomposed = unicodedata.normalize("NFKD", spelled)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return "-".join("".join(sign if sign.isalnum() else " " for sign in plain).split()) or "region"


def short_names(name: str) -> tuple[str, ...]:
    """Return a name without what tells namesakes apart, in the forms people use.

    "Halle (Saale)" -> Halle; "Neustadt a.d.Weinstraße" -> Neustadt; "Region Hannover" -> Hannover;
    "Odenwaldkreis" -> Odenwald; "Bautzen / Budyšin" -> Bautzen, Budyšin.
    """
    found = [_head(name)]
    if " / " in name:
        found += name.split(" / ")  # German / Sorbian
    elif name.count("/") == 1 and not _GERMAN.fullmatch(name):
        found += name.split("/")
    first, _, rest = name.partition(" ")
    if rest and key(first) in _LEADING:
        found.append(rest)
    if (match := _DISTRICT_SUFFIX.fullmatch(name)) and len(match[1]) > 3:
        found.append(match[1])
    return tuple(each for each in dict.fromkeys(found) if len(each) > 2 and each != name)


def _head(name: str) -> str:
    """Return the part of a name before a bracket, a bar or a small word."""
    parts = re.split(r"\s*[(/,]", name)[0].replace(".", ". ").split()
    for place, part in enumerate(parts):
        if place and part.rstrip(".").casefold() in SMALL_WORDS:
            return " ".join(parts[:place])
    return " ".join(parts).replace(". ", ".")


def spellings(
    name: str,
    full_name: str,
    level: str,
    *,
    aliases: Iterable[str] = (),
    foreign: Iterable[str] = (),
    villages: Iterable[str] = (),
) -> dict[str, Rank]:
    """Return every key under which a region is found, with its best rank.

    `aliases` are whole names besides the official one, `foreign` those in other languages,
    `villages` those of places in it ("Goslar Oker": also "Oker").
    """
    found: dict[str, Rank] = {}

    def add(text: str, rank: Rank) -> None:
        if typed := key(text):
            found[typed] = min(found.get(typed, rank), rank)

    is_town = full_name.endswith(f" {name}") and "tadt" in full_name.removesuffix(name)
    is_rural = level == "district" and not is_town
    short = short_names(name)
    for whole in (name, *aliases):
        add(whole, Rank.WHOLE)
        # Typed without any space: there the small words cannot be seen.
        found.setdefault("".join(words(whole))[:MAX_KEY], Rank.WHOLE)
    for each in short:
        # "Neustadt" is a town; its district is "Landkreis Neustadt".
        is_cut = is_rural and not name.startswith(f"{each} (") and name.startswith(f"{each} ")
        if not is_cut:
            add(each, Rank.SHORT)
    add(full_name, Rank.DESIGNATED if full_name != name else Rank.WHOLE)
    kinds = {"state": _OF_STATES, "district": _OF_DISTRICTS, "municipality": ("gemeinde",)}[level]
    for designation in _OF_TOWNS if is_town else kinds:
        for each in (name, *short):
            add(f"{designation} {each}", Rank.DESIGNATED)
    for whole in (name, *aliases):
        parts = words(whole)
        for start in range(1, len(parts)):
            part = joined(parts[start:])
            if len(part) > 2 and parts[start] not in _SKIPPED:
                found.setdefault(part, Rank.PART)
    for each in foreign:
        add(each, Rank.FOREIGN)
    for each in villages:
        add(each, Rank.VILLAGE)
        add(each.removeprefix(f"{name} "), Rank.VILLAGE)
    return found


def is_one_edit(one: str, other: str) -> bool:
    """Return whether one typing error parts two words: a letter changed, lost, added or swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    is_swapped = len(a) == len(b) > 1 and (a[0], a[1], a[2:]) == (b[1], b[0], b[2:])
    return is_swapped or a[1:] == b[1:] or a == b[1:] or a[1:] == b
