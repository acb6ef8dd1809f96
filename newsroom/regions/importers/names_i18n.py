"""Names in other languages and further German ones, as small tables."""

from pathlib import Path

from newsroom.regions.importers.files import BrokenFile, content, decoded, table

DATA = Path(__file__).parent.parent / "data"
NAMES = DATA / "names_i18n.csv"
ALIASES = DATA / "aliases.csv"


def read_names(path: Path = NAMES) -> dict[str, dict[str, str]]:
    """Return key -> language -> name. Columns: key, language, name (or ags, lang, name)."""
    text = decoded(path, content(path))
    is_long = "language" in text.partition("\n")[0]
    key, language = ("key", "language") if is_long else ("ags", "lang")
    found: dict[str, dict[str, str]] = {}
    for line, row in table(path, text, (key, language, "name")):
        if not row["name"].strip() or len(row["name"]) > 120:
            raise BrokenFile(path, "a name has 1 to 120 characters", line=line)
        found.setdefault(row[key], {})[row[language]] = row["name"].strip()
    return found


def read_aliases(path: Path = ALIASES) -> dict[str, tuple[str, ...]]:
    """Return key -> further names. Columns: key, name."""
    found: dict[str, tuple[str, ...]] = {}
    for _line, row in table(path, decoded(path, content(path)), ("key", "name")):
        found[row["key"]] = (*found.get(row["key"], ()), row["name"])
    return found


def read_successors(path: Path) -> dict[str, tuple[str, ...]]:
    """Return key of an ended region -> keys of what it became. Columns: key, successor.

    A region that was divided has a line for each of its successors.
    """
    found: dict[str, tuple[str, ...]] = {}
    for line, row in table(path, decoded(path, content(path)), ("key", "successor")):
        known = found.get(row["key"], ())
        if row["successor"] in (*known, row["key"]):
            problem = f"{row['key'][:40]} follows itself, or has the same successor twice"
            raise BrokenFile(path, problem, line=line)
        found[row["key"]] = (*known, row["successor"])
    return found
