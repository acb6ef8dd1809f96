import re
import time

import pytest

from newsroom.offers.reachable import linked
from tests import factories as make


def links(text):
    return re.findall(r'<a dir="ltr" href="([^"]*)">([^<]*)</a>', linked(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kontakt: 089 99998-160, kurse@vhs.example.",
            [("tel:+498999998160", "089 99998-160"), ("mailto:kurse@vhs.example",)],
        ),
        ("05331/123-0 oder 0531 12345.", [("tel:+4953311230",), ("tel:+4953112345",)]),
        ("+49 (0)89 99998-160", [("tel:+498999998160", "+49 (0)89 99998-160")]),
        ("+49 89 99998160", [("tel:+498999998160",)]),
        ("(089) 99 99 81 60", [("tel:+498999998160", "(089) 99 99 81 60")]),
        ("0049 89 1234567", [("tel:+49891234567",)]),
        ("04921 12345", [("tel:+49492112345",)]),
        ("Tel. 0531\u00a0/\u00a012345", [("tel:+4953112345",)]),
        ("0151-1234567 38300 Wolfenbüttel", [("tel:+491511234567", "0151-1234567")]),
        ("05331 12345 Frau Müller", [("tel:+49533112345", "05331 12345")]),
        ("müller+kurs@bücher.example", [("mailto:m%C3%BCller+kurs@b%C3%BCcher.example",)]),
    ],
)
def test_numbers_and_addresses_are_links(text, expected):
    found = links(text)
    assert len(found) == len(expected)
    for one, wanted in zip(found, expected, strict=True):
        assert one[: len(wanted)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "01.02.2026", "08:00-12:00 Uhr", "09.00–12.00 Uhr", "0,50 Euro", "01067 Dresden",
        "DE02 1203 0000 0000 2020 51", "Raum 012, 38300 Wolfenbüttel", "07 08 09", "01-02-2026",
        "a@b", "@name", "kurse@", "x@y.1", "a@b@c.de", "",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_stays_text(text):
    assert linked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", '"><img src=x onerror=x>@a.de', "a@b.de<b>", "089 1234567<i>",
        "javascript:x@y.de", "a@b.de?cc=c@d.de", "a'b\"c@d.de", "&lt;089 1234567&gt;", "0\n@a.de",
    ],
)  # fmt: skip
def test_hostile_text_is_encoded_and_nothing_gets_into_an_address(text):
    html = linked(text)
    rest = re.sub(r'<a dir="ltr" href="(?:mailto:[\w.@%+-]+|tel:\+49[0-9]+)">[^<>"]*</a>', "", html)
    assert not set(rest) & set("<>\"'")


@pytest.mark.parametrize("text", ["a" * 50_000, "0" * 50_000, "0 " * 25_000, "a.-" * 20_000 + "@"])
def test_no_text_makes_it_slow(text):
    started = time.perf_counter()
    linked(text)
    assert time.perf_counter() - started < 2


@pytest.mark.django_db
def test_the_page_of_an_offer_links_them_and_encodes_the_rest(client):
    contact = "<b>Kontakt</b>:\n089 99998-160, kurse@vhs.example"
    offer = make.offer(make.publish(make.member()), contact=contact, registration="0531 12345")
    page = client.get(make.publish(offer).url).content.decode()
    assert "&lt;b&gt;Kontakt&lt;/b&gt;:<br>" in page
    for address in ("tel:+498999998160", "mailto:kurse@vhs.example", "tel:+4953112345"):
        assert f'<a dir="ltr" href="{address}">' in page
