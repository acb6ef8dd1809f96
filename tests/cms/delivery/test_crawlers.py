"""robots.txt and the sitemap: what is public, all of it, and nothing else."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from wagtail.models import Page

from newsroom.approval import services, worker
from newsroom.approval.selectors import public
from newsroom.offers.models import Attestation
from newsroom.regions.models import Region
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
SITE = "http://testserver"
XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def read(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return ET.fromstring(answer.content)


def files(client):
    """Return the paths of the files that the index names."""
    return [loc.text.removeprefix(SITE) for loc in read(client, "/sitemap.xml").iter(f"{XML}loc")]


def entries(client):
    """Return path -> entry of everything the sitemap lists."""
    urls = [url for path in files(client) for url in read(client, path)]
    found = {url.findtext(f"{XML}loc").removeprefix(SITE): url for url in urls}
    assert len(found) == len(urls), "an address is listed twice"
    return found


def file_of(page):
    return f"/sitemap-{page.translation_key.hex[0]}.xml"


def test_robots_txt_names_the_sitemap(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines


def test_every_public_page_is_listed_once_and_answers(client, frozen, now):
    member = make.publish(make.member())
    make.publish(make.offer(member))
    release = make.publish(make.release(issuing_member=member))
    make.publish(make.translation(release, "en", by=make.translator()))

    listed = entries(client)

    pages = {page.url for page in public(Page.objects.all(), now=now)}
    assert pages == {path for path in listed if "/region/" not in path}
    assert release.url in pages
    for path in listed:
        assert client.get(path).status_code == 200, path


def test_a_page_names_its_public_languages_and_its_last_change(client, frozen, now):
    release = make.publish(make.release())
    english = make.publish(make.translation(release, "en", by=make.translator()))
    draft = make.translation(release, "ar", by=make.translator())

    listed = entries(client)

    for page in (release, english):
        entry = listed[page.url]
        others = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")}
        assert others == {"de": SITE + release.url, "en": SITE + english.url}
        assert entry.findtext(f"{XML}lastmod") == "2026-11-23T09:00:00Z"
    assert draft.url not in listed


def test_what_lists_other_pages_gives_no_date(client):
    listed = entries(client)

    assert all(
        listed[path].find(f"{XML}lastmod") is None
        for path in ("/de/", "/de/newsroom/", "/ar/mitglieder/")
    )


def test_an_embargoed_release_is_listed_from_its_hour_on(client, frozen, now):
    page = make.publish(make.release(go_live_at=now + HOUR))
    assert page.url not in entries(client)

    frozen.move_to(now + HOUR - timedelta(seconds=1))
    worker.publish_due(now=now + HOUR - timedelta(seconds=1))
    assert page.url not in entries(client)

    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    assert page.url in entries(client)


def test_what_was_taken_back_is_not_listed_in_any_language(client, frozen, now):
    page = make.publish(make.release())
    english = make.publish(make.translation(page, "en", by=make.translator()))
    assert {page.url, english.url} <= entries(client).keys()

    services.retract(page=page, user=make.editor(), reason="", now=now)

    assert not {page.url, english.url} & entries(client).keys()


def test_what_is_over_is_not_listed_although_no_worker_has_run(client, frozen, now, settings):
    settings.EMERGENCY_RELEASE = True
    expiring = make.publish(make.release(expire_at=now + DAY))
    alone = make.release()
    alone.save_revision(user=make.officer())
    make.release_alone(alone, by=make.editor(), now=now)
    assert {expiring.url, alone.url} <= entries(client).keys()

    frozen.move_to(now + DAY)

    assert not {expiring.url, alone.url} & entries(client).keys()


def test_a_row_made_live_by_the_shell_is_not_listed(client, frozen):
    page = make.release()
    page.save_revision()
    type(page).objects.filter(pk=page.pk).update(live=True)

    assert page.url not in entries(client)


def test_an_offer_that_has_ended_is_not_listed(client, frozen, now):
    offer = make.publish(make.offer(make.publish(make.member())))
    assert offer.url in entries(client)

    Attestation.objects.filter(offer_key=offer.translation_key).update(ended_at=now)

    assert offer.url not in entries(client)


def test_regions_are_listed_down_to_districts_in_every_language(client):
    listed = read(client, "/sitemap-regions.xml")
    paths = {url.findtext(f"{XML}loc").removeprefix(SITE) for url in listed}

    regions = Region.objects.filter(level__in=("state", "district"), valid_until=None)
    assert len(paths) == 3 * (regions.count() + 1)
    for code in ("de", "en", "ar"):
        assert f"/{code}/region/" in paths
        assert f"/{code}/region/03158/landkreis-wolfenbuettel/" in paths
    assert not any("031580037037" in path for path in paths)


def test_the_index_names_only_files_that_list_something(client, frozen):
    page = make.publish(make.release())

    named = files(client)

    assert named == [*sorted(named[:-1]), "/sitemap-regions.xml"]
    assert file_of(page) in named
    assert all(len(read(client, path)) for path in named)


def test_a_crawler_that_has_the_file_is_told_so_until_anything_changes(client, frozen, now):
    page = make.publish(make.release(expire_at=now + HOUR))
    answer = client.get(file_of(page))
    has_it = {"HTTP_IF_NONE_MATCH": answer["ETag"]}

    assert answer["Cache-Control"] == "no-cache"
    assert "Last-Modified" not in answer
    assert client.get(file_of(page), **has_it).status_code == 304
    assert client.get("/sitemap.xml", HTTP_IF_NONE_MATCH='"other"').status_code == 200

    frozen.move_to(now + HOUR)
    assert client.get(file_of(page), **has_it).status_code == 200


def test_more_pages_ask_no_more_of_the_database(client, frozen, django_assert_num_queries):
    member = make.publish(make.member(translation_key="0" * 32))
    make.publish(make.offer(member))
    client.get("/sitemap-0.xml")  # the site's roots are remembered from now on
    for number in (1, 2, 3):
        make.publish(make.release(issuing_member=member, translation_key=f"0000000{number}" * 4))

    with django_assert_num_queries(1):
        assert client.get("/sitemap-0.xml").content.count(b"<loc>") >= 4
    with django_assert_num_queries(1):
        client.get("/sitemap.xml")


@pytest.mark.parametrize("path", ["/sitemap-g.xml", "/sitemap-.xml", "/sitemap-10.xml", "/sitemap"])
def test_there_are_no_other_files_in_any_language(client, path):
    assert client.get(path).status_code == 404


def test_a_sitemap_is_only_read(client):
    assert client.post("/sitemap.xml").status_code == 405
    assert client.post("/sitemap-0.xml").status_code == 405
    assert client.head("/sitemap-regions.xml").status_code == 200
