"""What is doubtful about the words of a text. Pure: strings in, findings out.

Each check would rather miss something than cry wolf: a panel that is wrong is not read.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

QUOTES = {"„": "“”", "»": "«", "‚": "‘’"}
COUNTRY = "+49"
# A number that begins with a single 0, in groups, not part of a longer one, a date or a price.
_PHONE = re.compile(
    r"(?<![\d+/.,:-])0[1-9]\d{1,4}(?:[ \u00a0]?[/-][ \u00a0]?|[ \u00a0])"
    r"\d[\d \u00a0-]{2,11}\d(?![\d/])"
)
_BRACKETED = re.compile(r"\(0[1-9]\d{1,4}\)[ \u00a0]?\d[\d \u00a0-]{2,11}\d(?!\d)")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.\u00a0 ]\d{3})*(?:,\d+)?(?![\w])")
_NAME = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)*")
_TITLED = re.compile(
    r"\b(?:Frau|Herrn?|Dr\.|Prof\.|Ministerin|Minister|Landrätin|Landrat|Bürgermeisterin|"
    r"Bürgermeister|Präsidentin|Präsident|Sprecherin|Sprecher)\s+"
    rf"(?P<name>{_NAME.pattern}(?:\s+{_NAME.pattern})?)"
)
_SPEECH = r"(?:sagte?|betonte?|erklärte?|ergänzte?|forderte?|lobte?|kündigte?)"
_SPEAKER = re.compile(
    rf"(?:\b{_SPEECH}\s+|[,“«]\s*so\s+)(?P<name>{_NAME.pattern})\b(?!\s+[A-ZÄÖÜ])"
)
_PAIR = re.compile(rf"(?=\b({_NAME.pattern})\s+({_NAME.pattern})\b)")
# Words that begin a sentence, and are nobody's first name.
NO_FIRST_NAME = frozenset(
    {
        "Der", "Die", "Das", "Den", "Dem", "Des", "Ein", "Eine", "Einen", "Einem", "Einer",
        "Eines", "Dieser", "Diese", "Dieses", "Jeder", "Jede", "Jedes", "Kein", "Keine", "Mein",
        "Meine", "Unser", "Unsere", "Ihr", "Ihre", "Sein", "Seine", "Alle", "Viele", "Einige",
        "Manche", "Beide", "Mehrere", "Im", "In", "Am", "An", "Auf", "Aus", "Bei", "Beim",
        "Bis", "Durch", "Für", "Gegen", "Hinter", "Mit", "Nach", "Neben", "Ohne", "Seit",
        "Über", "Um", "Unter", "Vom", "Von", "Vor", "Während", "Wegen", "Zu", "Zum", "Zur",
        "Zwischen", "Und", "Oder", "Aber", "Auch", "Wenn", "Weil", "Dass", "Als", "Wie", "Wo",
        "Was", "Wer", "Nur", "Noch", "Schon", "So", "Hier", "Dort", "Heute", "Morgen",
        "Gestern", "Frau", "Herr", "Herrn", "Stadt", "Kreis", "Landkreis",
    }
)  # fmt: skip
MIN_DIGITS = 6  # of a telephone number with its area code
MIN_SURNAME = 5  # letters; in shorter words one letter makes another word
NUMBER_WORDS = {
    "1": ("ein", "eine", "einen", "einer", "eins", "erste", "ersten", "erster", "one"),
    "2": ("zwei", "beide", "beiden", "zweite", "zweiten", "zweiter", "two"),
    "3": ("drei", "dritte", "dritten", "three"),
    "4": ("vier", "vierte", "vierten", "four"),
    "5": ("fünf", "fünfte", "fünften", "five"),
    "6": ("sechs", "sechste", "sechsten", "six"),
    "7": ("sieben", "siebte", "siebten", "seven"),
    "8": ("acht", "achte", "achten", "eight"),
    "9": ("neun", "neunte", "neunten", "nine"),
    "10": ("zehn", "zehnte", "zehnten", "ten"),
    "11": ("elf", "elfte", "elften", "eleven"),
    "12": ("zwölf", "zwölfte", "zwölften", "twelve"),
    "100": ("hundert", "einhundert", "hundred"),
    "1000": ("tausend", "eintausend", "thousand"),
}


def unclosed_quotes(text: str) -> list[str]:
    """Return the beginnings of quotations that are never closed: „ without “, » without «.

    Swiss and French quotations («…») open with the other sign: a text that has « first is left
    alone.
    """
    found = []
    for opening, closings in QUOTES.items():
        if opening == "»" and 0 <= text.find("«") < text.find("»"):
            continue
        start = None
        for position, sign in enumerate(text):
            if sign == opening:
                if start is not None:
                    found.append(_beginning(text, start))
                start = position
            elif sign in closings:
                start = None
        if start is not None:
            found.append(_beginning(text, start))
    return found


def passive_phones(text: str) -> list[tuple[str, str]]:
    """Return (number as written, number that can be called from anywhere) for German numbers."""
    found = []
    for pattern in (_PHONE, _BRACKETED):
        for match in pattern.finditer(text):
            written = match.group().strip()
            area, local = re.split(r"[ \u00a0/)-]+", written.strip("("), maxsplit=1)
            digits = re.sub(r"\D", "", local)
            if len(area) + len(digits) >= MIN_DIGITS:
                found.append((written, f"{COUNTRY} {area[1:]} {digits}"))
    return found


def missing_numbers(title: str, text: str) -> list[str]:
    """Return the numbers of the title that the text carries neither in figures nor in words."""
    title, text = _western(title), _western(text)
    carried = {_plain(number) for number in _NUMBER.findall(text)}
    # "24-jährig", "2026er": figures in front of letters count, too.
    carried |= set(re.findall(r"\d+", text))
    words = set(re.findall(r"\w+", text.lower()))
    return [
        number
        for number in _NUMBER.findall(title)
        if _plain(number) not in carried and not words & set(NUMBER_WORDS.get(_plain(number), ()))
    ]


def spellings(text: str) -> list[tuple[str, str]]:
    """Return (usual, other) for names that one text spells two ways, the more frequent one first.

    Names are told by what stands beside them (Frau Meier, sagte Meyer) or by a first name (Anna
    Meier, Anna Meyer): only words used as a name are compared, never ordinary nouns.
    """
    known = set(_surnames(text))
    pairs = Counter(_pairs(text))
    last_names = {last for _first, last in pairs}
    uses = Counter(re.findall(_NAME, text))
    found: dict[tuple[str, str], None] = {}
    for one, other in combinations(sorted(known | last_names), 2):
        if known & {one, other} and _differ_by_one(one, other):
            found[_by_use(uses, one, other)] = None
    for (first, one), (second, other) in combinations(sorted(pairs), 2):
        whole, rest = f"{first} {one}", f"{second} {other}"
        same_last = one == other and _differ_by_one(first, second)
        same_first = first == second and _differ_by_one(one, other)
        if (same_last or same_first) and not _is_known(found, one, other):
            both = Counter({whole: pairs[first, one], rest: pairs[second, other]})
            found[_by_use(both, whole, rest)] = None
    return list(found)


def _surnames(text: str) -> Iterator[str]:
    for pattern in (_TITLED, _SPEAKER):
        for match in pattern.finditer(text):
            yield match["name"].split()[-1]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for match in _PAIR.finditer(text):
        if match[1] not in NO_FIRST_NAME:
            yield match[1], match[2]


def _is_known(found: dict[tuple[str, str], None], one: str, other: str) -> bool:
    return (one, other) in found or (other, one) in found


def _by_use(uses: Counter[str], one: str, other: str) -> tuple[str, str]:
    return (one, other) if uses[one] >= uses[other] else (other, one)


def _differ_by_one(one: str, other: str) -> bool:
    """Return whether two long words differ by one letter inside, not by a German ending."""
    short, long = sorted((one, other), key=len)
    if len(short) < MIN_SURNAME or len(long) - len(short) > 1 or one == other:
        return False
    if long.startswith(short):  # Wagners, Bürgermeistern: an ending
        return False
    if len(short) == len(long):
        places = [index for index in range(len(short)) if short[index] != long[index]]
        # The last letter is an ending, too: Landrates, Landrater.
        return len(places) == 1 and places[0] < len(short) - 1
    return any(short == long[:index] + long[index + 1 :] for index in range(len(long) - 1))


def _plain(number: str) -> str:
    return re.sub(r"[.\u00a0 ]", "", number)


def _western(text: str) -> str:
    """Return `text` with Arabic and other digits written as 0 to 9."""
    return re.sub(r"\d", lambda match: str(int(match[0])), text)


def _beginning(text: str, start: int) -> str:
    return text[start : start + 40].split("\n")[0]
