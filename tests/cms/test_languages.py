"""All nine content languages: addresses, direction, names, words, links between versions."""

import re
from io import StringIO
from itertools import product

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation.trans_real import language_code_re

from cms.settings.languages import CONTENT_LANGUAGES
from newsroom.vocabularies.models import Term
from tests import factories as make
from tests.conftest import build

CODES = [code for code, _name in CONTENT_LANGUAGES]
FOREIGN = [code for code in CODES if code != "de"]
RIGHT_TO_LEFT = {"ar", "fa"}
PATHS = ("", "newsroom/", "mitglieder/", "suche/", "suche/?q=Kurs", "region/03158/")

pytestmark = pytest.mark.usefixtures("nine_languages")


@pytest.fixture
def trees(db, nine_languages):
    """Build a tree for each language."""
    return build()


def translated(page, language, **texts):
    """Return a public version of `page` in `language`."""
    return make.publish(make.translation(page, language, by=make.translator(), **texts))


def switcher(html):
    """Return (code, address) of every language a page offers."""
    nav = html.partition('class="languages"')[2].partition("</nav>")[0]
    return dict(re.findall(r'href="([^"]+)"\s+lang="([^"]+)"', nav)), nav


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_named_in_itself_and_is_a_valid_tag(code):
    info = translation.get_language_info(code)

    assert info["bidi"] == (code in RIGHT_TO_LEFT)
    assert info["code"] == code
    assert info["name_local"].casefold() == dict(CONTENT_LANGUAGES)[code].casefold() or code == "ar"
    assert language_code_re.match(code)
    page = "{% load i18n %}{% get_language_info for code as info %}{{ info.name_local }}"
    assert Template(page).render(Context({"code": code})) == info["name_local"]


@pytest.mark.usefixtures("trees")
def test_every_page_exists_in_every_language(client):
    for code, path in product(CODES, PATHS):
        direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
        answer = client.get(f"/{code}/{path}", follow=True)

        assert answer.status_code == 200, (code, path)
        html = re.sub(r"\s+", " ", answer.content.decode())
        assert f'<html lang="{code}" dir="{direction}">' in html, (code, path)


@pytest.mark.parametrize(
    ("code", "search", "date"),
    [
        ("de-x-leicht", "Suche", "1. August 2026"),
        ("fa", "جستجو", "1 اوت 2026"),
        ("tr", "Ara", "1 Ağustos 2026"),
        ("ru", "Поиск", "1 августа 2026"),
        ("uk", "Пошук", "1 серпня 2026"),
        ("fr", "Recherche", "1 août 2026"),
    ],
)
def test_words_and_dates_follow_the_language(now, code, search, date):
    with translation.override(code):
        assert gettext("Search") == search
        assert date in date_format(now.replace(month=8, day=1), "DATE_FORMAT")


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("ru", ["1 результат", "3 результата", "5 результатов", "11 результатов", "21 результат"]),
        ("uk", ["1 результат", "3 результати", "5 результатів", "11 результатів", "21 результат"]),
        ("fr", ["1 résultat", "3 résultats", "5 résultats", "11 résultats", "21 résultats"]),
        ("de-x-leicht", ["1 Ergebnis", *(f"{n} Ergebnisse" for n in (3, 5, 11, 21))]),
    ],
)
def test_numbers_take_the_right_form(code, forms):
    with translation.override(code):
        said = [
            ngettext("%(total)s result", "%(total)s results", n) % {"total": n}
            for n in (1, 3, 5, 11, 21)
        ]
    assert said == forms


@pytest.mark.usefixtures("trees")
def test_readers_are_led_to_their_language(client):
    for code in ("fr", "uk", "fa"):
        assert client.get("/", HTTP_ACCEPT_LANGUAGE=f"{code}-XX,en;q=0.5").url == f"/{code}/"


@pytest.mark.usefixtures("trees")
def test_the_switcher_leads_to_public_versions_and_else_home(frozen, client):
    source = make.publish(make.release())
    french = translated(source, "fr", title="Un communiqué")
    draft = make.translation(source, "uk", by=make.translator(), title="Чернетка")

    addresses, nav = switcher(client.get(source.url).content.decode())

    offered = {code: url for url, code in addresses.items()}
    assert offered == {
        "de": source.url,
        "fr": french.url,
        **{code: f"/{code}/" for code in FOREIGN if code != "fr"},
    }
    for _code, name in CONTENT_LANGUAGES:
        assert f">{name}</a>" in nav
    assert draft.slug not in offered["uk"]


@pytest.mark.usefixtures("trees")
def test_only_what_is_public_is_an_alternate(frozen, client):
    source = make.publish(make.release())
    translated(source, "de-x-leicht", title="In Leichter Sprache")
    make.translation(source, "ru", by=make.translator(), title="Черновик")

    html = client.get(source.url).content.decode()

    found = re.findall(r'rel="alternate"\s+hreflang="([^"]+)"', html)
    assert found == ["de", "de-x-leicht"]


@pytest.mark.usefixtures("trees")
def test_vocabularies_speak_the_language_of_the_page(frozen, client):
    member = make.publish(make.member())
    course = make.offer(member)
    course.offer_types = [Term.objects.get(vocabulary="offer_type", slug="course")]
    course = make.publish(course)
    for code, label in (("tr", "Kurs"), ("fa", "دوره")):
        translated(member, code)
        html = client.get(translated(course, code).url).content.decode()
        assert re.search(rf">\s*{label}\s*<", html), code


@pytest.mark.usefixtures("trees")
def test_each_item_answers_once_in_every_language(frozen, client):
    source = make.publish(make.release(title="Vorlage"))
    make.publish(make.release(title="Nur auf Deutsch"))
    for code in FOREIGN:
        translated(source, code, title=f"Translated {code}")

    for code in FOREIGN:
        answer = client.get("/api/v1/search", {"lang": code, "kind": "release"}).json()
        assert {(item["title"], item["language"]) for item in answer["items"]} == {
            (f"Translated {code}", code),
            ("Nur auf Deutsch", "de"),
        }


@pytest.mark.usefixtures("trees")
def test_a_question_finds_the_own_version_and_what_is_german_only(frozen, client):
    source = make.publish(make.release(title="Abendkurs Deutsch"))
    make.publish(make.release(title="Sprachkurs in Wolfenbüttel"))
    for code, title, asked in (
        ("fr", "Cours de langue le soir à Goslar", "cours de langue"),
        ("uk", "Вечірні мовні курси в Гослярі", "мовні курси"),
    ):
        translated(source, code, title=title)
        answer = client.get("/api/v1/search", {"lang": code, "q": asked}).json()

        assert [(item["title"], item["language"]) for item in answer["items"]] == [
            (title, code),
            ("Sprachkurs in Wolfenbüttel", "de"),
        ]


@pytest.mark.usefixtures("trees")
def test_a_feed_speaks_the_language_of_its_address(frozen, client):
    source = make.publish(make.release(title="Nur auf Deutsch", regions=("03158",)))
    translated(source, "fr", title="En français")

    feed = client.get("/fr/region/03158/landkreis-wolfenbuettel/feed/").content.decode()

    assert 'xml:lang="fr"' in feed
    assert "<title>En français</title>" in feed
    assert "Nur auf Deutsch" not in feed


@pytest.mark.django_db
def test_what_was_there_answers_readers_of_a_language_that_comes_later(frozen, client, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = CONTENT_LANGUAGES[:3]
    make.publish(make.release(title="Von früher"))

    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = CONTENT_LANGUAGES
    call_command("setup_site", stdout=StringIO())

    answer = client.get("/api/v1/search", {"lang": "fr", "kind": "release"}).json()
    assert [item["title"] for item in answer["items"]] == ["Von früher"]


def test_setup_says_which_text_of_a_new_language_is_missing(db, settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*CONTENT_LANGUAGES, ("pl", "Polski")]
    with pytest.raises(ImproperlyConfigured, match="“home” has no text in pl"):
        build()
