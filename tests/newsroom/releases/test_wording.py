"""Doubts about words: what is found, and what is left alone."""

import pytest

from newsroom.releases.wording import missing_numbers, passive_phones, spellings, unclosed_quotes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er sagte: „Das ist gut.", ["„Das ist gut."]),
        ("„Eins“ und „zwei", ["„zwei"]),
        ("„Eins „zwei“", ["„Eins „zwei“"]),
        ("»Das ist gut.", ["»Das ist gut."]),
    ],
)
def test_an_unclosed_quotation_is_found(text, found):
    assert unclosed_quotes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "„Das ist gut“, sagte sie.",
        "„Das ist ‚sehr‘ gut.“",
        "„Das ist gut”, sagte sie.",  # the closing sign of other keyboards
        "»Das ist gut«",
        "«C’est bon», dit-elle. «Oui»",
        'Ein "gerades" Zeichen und ein Apostroph: geht’s',
        "“Good,” she said.",
        "",
    ],
)
def test_a_closed_quotation_is_left_alone(text):
    assert unclosed_quotes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Telefon 0531/12 34", [("0531/12 34", "+49 531 1234")]),
        ("Tel. 0531 1234-56.", [("0531 1234-56", "+49 531 123456")]),
        ("(0531) 12 34 56", [("(0531) 12 34 56", "+49 531 123456")]),
        ("mobil 0171-3920004", [("0171-3920004", "+49 171 3920004")]),
        ("030 / 23125 101", [("030 / 23125 101", "+49 30 23125101")]),
    ],
)
def test_a_number_that_only_works_in_germany_is_found(text, found):
    assert passive_phones(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "+49 531 1234",
        "am 01.02.2026 um 09.30 Uhr",
        "2026-10-25",
        "Aktenzeichen 2026/0531/12 34",
        "38300 Wolfenbüttel",
        "0,5 Prozent von 16.000",
        "5 bis 10 Personen, 0 Euro",
        "IBAN DE02 1203 0000 0000 2020 51",
    ],
)
def test_what_is_no_telephone_number_is_left_alone(text):
    assert passive_phones(text) == []


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("244 Mitglieder", "Das Bündnis hat viele Mitglieder.", ["244"]),
        ("16.000 Kurse", "Es gibt 160 Kurse.", ["16.000"]),
        ("Fünf Felder, 3,5 Prozent", "Es sind 35 Prozent.", ["3,5"]),
    ],
)
def test_a_number_of_the_title_that_the_text_lacks_is_found(title, text, found):
    assert missing_numbers(title, text) == found


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("244 Mitglieder", "Es sind 244."),
        ("16.000 Kurse", "Es gibt 16 000 Kurse."),
        ("5 neue Kurse", "Fünf Kurse beginnen."),
        ("5 new courses", "Five courses begin."),
        ("2026 wird gut", "Im Jahr 2026er"),
        ("24-Stunden-Lauf", "Der Lauf dauert 24 Stunden."),
        ("٢٤٤ عضواً", "244"),
        ("Covid19 und B1-Kurs", "Ein Kurs."),
        ("Ohne Zahl", ""),
    ],
)
def test_a_number_that_the_text_carries_in_some_form_is_left_alone(title, text):
    assert missing_numbers(title, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Frau Meier kam. Frau Meier ging. Herr Meyer blieb.", ("Meier", "Meyer")),
        ("Anna Meier sprach. Anna Meier ging, Anna Meyer blieb.", ("Anna Meier", "Anna Meyer")),
        ("Landrätin Steinbrügg sprach, sagte Steinbrüg.", None),
        ("Landrätin Steinbrück eröffnete. „Gut“, sagte Steinbrueck.", None),
        ("Anna Schmidt sprach. „Gut“, sagte Schmitt. Anna Schmidt ging.", ("Schmidt", "Schmitt")),
        ("Das Haus Lindenhof und das Haus Lindanhof.", ("Haus Lindanhof", "Haus Lindenhof")),
    ],
)
def test_a_name_spelled_two_ways_is_found(text, found):
    assert spellings(text) == ([found] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "Neue Kurse in Goslar, neuer Kurs in Gosslar.",  # no name's surroundings
        "Die Mutter und die Mütter, das Haus und die Häuser.",
        "Landrat Müller sprach. Landrats Müllers Haus.",  # endings
        "Deutscher Bund und Deutschen Bund, Unsere Kurse und Unserer Kurse.",
        "Frau Braun und Herr Blau.",  # short names differ by one letter all the time
        "Die Dauer war lang. Frau Bauer kam.",  # an ordinary word
        "Stadt Wolfenbüttel und Landkreis Wolfenbüttel.",
        "Frau Meier und Frau Meier-Schulz.",
        "",
    ],
)
def test_words_that_only_look_alike_are_left_alone(text):
    assert spellings(text) == []


def test_the_checks_of_words_stand_long_and_strange_texts():
    for text in ("„" * 2000, "0" * 50_000, "Aa " * 5_000, "\x00\ud800" * 100, "0531/" * 3000):
        unclosed_quotes(text)
        passive_phones(text)
        missing_numbers(text[:500], text)
        spellings(text)
