"""The public pages: languages, headers, errors."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.releases.models import ReleaseContact, ReleaseIssuer, ReleasePicture
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["de", "en", "ar"])
@pytest.mark.parametrize("path", ["", "newsroom/", "mitglieder/", "suche/"])
def test_every_language_has_its_pages(client, language, path):
    answer = client.get(f"/{language}/{path}")

    assert answer.status_code == 200
    content = answer.content.decode()
    assert f'lang="{language}"' in content
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in content


def test_the_root_leads_to_the_reader_s_language(client):
    assert client.get("/", HTTP_ACCEPT_LANGUAGE="ar").url == "/ar/"
    assert client.get("/", HTTP_ACCEPT_LANGUAGE="fr").url == "/de/"


def test_search_has_an_english_address_too(client):
    assert client.get("/en/search/?q=x").url == "/en/suche/?q=x"


def test_public_pages_carry_a_strict_policy_and_are_revalidated(client):
    answer = client.get("/de/")

    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert answer["Cache-Control"] == "no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/de", "/de/", "/gibt-es-nicht", "/api/v1/nothing"])
def test_every_answer_carries_the_security_headers(client, path):
    answer = client.get(path)

    for header in ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"):
        assert answer[header], header


def test_public_pages_bear_their_policy(client):
    page = make.publish(make.release(picture=make.image()))
    make.publish(make.offer(make.publish(make.member())))

    for url in ("/de/", "/ar/", page.url, "/de/suche/?q=Mitteilung", "/de/mitglieder/"):
        content = client.get(url).content.decode()
        assert " style=" not in content, url
        assert not re.search(r"<script(?! src=)", content), url
        assert "http://" not in content.replace("http://www.w3.org/", ""), url


def test_no_name_stands_twice_on_a_page(client, frozen):
    member = make.publish(make.member())
    offer = make.publish(make.offer(member, languages="ar, de"))
    release = make.publish(make.release(issuing_member=member, picture=make.image()))

    for url in ("/de/", "/ar/", member.url, offer.url, release.url, "/de/suche/?q=Angebot"):
        names = re.findall(r'\sid="([^"]+)"', client.get(url).content.decode())
        assert len(names) == len(set(names)), url


def test_a_release_page_shows_what_a_journalist_needs(frozen, client):
    member = make.publish(make.member(title="Landkreis (Test)"))
    page = make.publish(make.release(issuing_member=member, picture=make.image()))
    other = make.publish(make.release(title="Noch eine aus dem Kreis"))

    content = client.get(page.url).content.decode()

    for text in ("Bündnis", page.lead, "Wolfenbüttel", "23. November 2026", "Markt", "Test"):
        assert text in content
    assert "Landkreis (Test)" in content
    assert other.title in content
    assert f"/api/v1/releases/{page.translation_key}" in content


def test_drafts_do_not_show_through_on_lists(client):
    draft = make.release(title="Heimlicher Entwurf")
    draft.save_revision()
    make.publish(make.release(title="Öffentlich"))

    for url in ("/de/", "/de/newsroom/", "/de/suche/?q=Entwurf"):
        assert "Heimlicher" not in client.get(url).content.decode()
    assert client.get(draft.url).status_code == 404


def test_the_draft_of_a_member_is_not_named_beside_its_release(frozen, client):
    member = make.member(title="Noch geheimes Mitglied")
    page = make.publish(make.release(issuing_member=member))

    for url in (page.url, "/de/", "/de/newsroom/", f"/api/v1/releases/{page.translation_key}"):
        assert "Noch geheimes Mitglied" not in client.get(url).content.decode(), url


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=99999999999999999999", "?page=-1"])
def test_a_bad_page_number_of_a_list_is_read_leniently(client, query):
    assert client.get(f"/de/newsroom/{query}").status_code == 200


def test_health(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/de/nothing/", "/xx/", "/de/%00/", "/de/newsroom/ö/"])
def test_unknown_pages_are_404(client, path):
    answer = client.get(path)
    assert answer.status_code in (404, 302)


def test_a_page_has_one_address(client, frozen):
    member = make.publish(make.member())
    offer = make.publish(make.offer(member))
    release = make.publish(make.release())
    name = f"/{release.slug}/"

    assert client.get(offer.url).status_code == client.get(release.url).status_code == 200
    for wrong in (
        release.url.replace(name, f"/nothing{name}"),
        offer.url.replace(f"/{member.slug}/", "/"),
        offer.url.replace(f"/{member.slug}/", f"/{release.slug}/"),
        f"/de{name}",
        f"/en/newsroom{name}",
    ):
        assert client.get(wrong).status_code == 404, wrong


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_is_only_read(client, frozen, method):
    page = make.publish(make.release())
    assert getattr(client, method)(page.url).status_code == 405
    assert client.options(page.url)["Allow"] == "GET, HEAD, OPTIONS"
    assert client.head(page.url).status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "options", "post", "put", "delete"])
def test_no_method_tells_a_draft_from_nothing(client, frozen, method):
    draft = make.release(slug="noch-geheim")
    draft.save_revision()
    nothing = draft.url.replace("noch-geheim", "gibt-es-nicht")

    assert getattr(client, method)(draft.url).status_code == 404
    assert getattr(client, method)(nothing).status_code == 404


def questions(client, address, *, status=200):
    """Return how many questions an answer costs when everything remembered is remembered."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == status
    return len(asked)


def test_what_is_not_public_takes_no_longer_than_what_is_not_there(client, frozen, now):
    member = make.publish(make.member())
    secret = [
        make.release(),
        make.publish(make.release(go_live_at=now + timedelta(hours=1))),
        make.publish(make.offer(member, go_live_at=now + timedelta(hours=1))),
        make.offer(member),
        make.member(),
    ]

    for page in secret:
        nothing = page.url.replace(page.slug, f"no-{page.slug}")
        asked = questions(client, nothing, status=404)
        assert questions(client, page.url, status=404) == asked, page.url


def test_more_offers_on_the_front_page_cost_no_more_questions(client, frozen):
    member = make.publish(make.member())
    make.publish(make.offer(member))
    few = questions(client, "/de/")
    for _number in range(3):
        make.publish(make.offer(make.publish(make.member())))

    assert questions(client, "/de/") == few


@pytest.mark.parametrize("kind", ["release", "offer", "member"])
def test_more_regions_of_a_page_cost_no_more_questions(client, frozen, kind):
    above = [make.publish(make.member())] if kind == "offer" else []
    one, three = (
        make.publish(getattr(make, kind)(*above, regions=regions))
        for regions in (("03158",), ("03158", "03153", "03102"))
    )

    assert questions(client, three.url) <= questions(client, one.url)


def published(*regions):
    """Return a public release of a member of its own, with a picture of its own."""
    member = make.publish(make.member())
    return make.publish(make.release(regions=regions, issuing_member=member, picture=make.image()))


@pytest.mark.parametrize("address", ["/de/", "/de/newsroom/", "/api/v1/releases"])
def test_more_releases_and_regions_of_a_list_cost_no_more_questions(client, frozen, address):
    published("03158")
    few = questions(client, address)
    for regions in (("031580037037", "03153"), ("03102", "03"), ("03101", "03158")):
        published(*regions)

    assert questions(client, address) == few


def test_more_news_beside_a_release_costs_no_more_questions(client, frozen):
    page = published("03158")
    published("03158", "03153")
    few = questions(client, page.url)
    for regions in (("03158", "03102"), ("031580037037", "03101")):
        published(*regions)

    assert questions(client, page.url) == few


def test_more_issuers_contacts_and_pictures_of_a_release_cost_no_more_questions(client, frozen):
    one, three = (make.release(regions=(key,), picture=make.image()) for key in ("03158", "03102"))
    for page, number in ((one, 1), (three, 3)):
        members = [make.publish(make.member()) for _each in range(number)]
        page.co_issuers = [ReleaseIssuer(member=member) for member in members]
        page.contact_links = [ReleaseContact(contact=make.contact(each)) for each in members]
        page.pictures = [
            ReleasePicture(image=make.image(), alt_text="Markt", credit_line="Test", licence="CC0")
            for _each in members
        ]
        make.publish(page)

    assert questions(client, three.url) == questions(client, one.url)


def test_more_regions_of_a_release_cost_no_more_questions_of_the_api(client, frozen):
    one, three = published("03158"), published("03158", "03153", "031580037037")
    few, many = (
        questions(client, f"/api/v1/releases/{page.translation_key}") for page in (one, three)
    )

    assert many == few
