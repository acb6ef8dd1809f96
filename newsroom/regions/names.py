"""Names as people type them: pure functions, no database."""

import unicodedata

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# Words of a full name that say what the region is, not what it is called.
_DESIGNATIONS = ("landkreis", "kreis", "stadt", "region", "samtgemeinde", "gemeinde")


def normalised(name: str) -> str:
    """Return `name` in lower case, umlauts spelled out, other marks removed, one space between.

    "Wolfenbüttel" and "WOLFENBUETTEL" become "wolfenbuettel".
    """
    lower = unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def spellings(name: str, full_name: str) -> tuple[str, ...]:
    """Return the normalised forms under which a region is found, without doubles.

    The name, the full name, the full name with "Kreis" for "Landkreis", and each of them with
    umlauts dropped ("wolfenbuttel") as on keyboards that have none.
    """
    forms = [name, full_name, full_name.replace("Landkreis", "Kreis")]
    bare = [form.translate(str.maketrans("äöüÄÖÜ", "aouAOU")) for form in forms]
    return tuple(dict.fromkeys(normalised(form) for form in (*forms, *bare)))


def core(query: str) -> str:
    """Return a normalised query without the leading designation: "kreis goslar" -> "goslar"."""
    words = normalised(query).split()
    while len(words) > 1 and words[0] in _DESIGNATIONS:
        words = words[1:]
    return " ".join(words)
