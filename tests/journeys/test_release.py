"""From an empty form to a found press release, and away again; by browser, on the real thing."""

import io
import json
import os
import re
from datetime import UTC, datetime
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys import editor

pytestmark = pytest.mark.browser

# The buttons that make something public: an approval, or Wagtail's own publishing.
DECISIONS = "[data-workflow-action-name=approve], [name=action-publish]"
MEMBER = "Landkreis Wolfenbüttel (Demo)"


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def backend(request, demo):
    """Run the demonstration without and with Elasticsearch; return which one."""
    if request.param == "elasticsearch":
        server = request.getfixturevalue("elasticsearch_server")
        url = server.url if server else os.environ["ELASTICSEARCH_URL"]
        demo.stop()
        demo.start(ELASTICSEARCH_URL=url)
        yield request.param
        demo.stop()
        demo.start()
    else:
        yield request.param


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "marktplatz.jpg"
    buffer = io.BytesIO()
    # The library warns of pictures it has: each run brings its own.
    Image.frombytes("RGB", (40, 27), os.urandom(40 * 27 * 3)).resize((1600, 1067)).save(
        buffer, "JPEG"
    )
    path.write_bytes(buffer.getvalue())
    return path


def api(demo, path):
    with urlopen(f"{demo.url}/api/v1/{path}", timeout=10) as answer:
        return json.load(answer)


def found(demo, words, **filters):
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return api(demo, f"search?q={quote(words)}&{query}")


def titles(answer):
    return {item["title"] for item in answer["items"]}


def choose_action(page, edit_url, name):
    """Open the menu of a page in the admin and follow one of its links."""
    page.goto(edit_url)
    page.get_by_role("button", name="Aktionen", exact=True).first.click()
    page.get_by_role("link", name=name).click()


def test_from_the_empty_form_to_a_found_release_and_away_again(
    demo, backend, visit, picture, until
):
    title = f"Stadt Wolfenbüttel eröffnet das Haus der Ankunft ({backend})"
    words = f"Ankunftshaus{backend}"

    # 1. The press officer writes and submits.
    officer = visit("presse").page
    editor.open_new_release(officer)
    editor.write_head(
        officer,
        kicker="Neue Anlaufstelle",
        title=title,
        lead="In Wolfenbüttel berät ein neues Haus alle, die neu in der Stadt sind.",
        place="Wolfenbüttel",
        day=datetime.now(UTC).date().isoformat(),
    )
    editor.write_body(officer, f"Das {words} liegt am Markt.")
    editor.add_picture(
        officer,
        picture,
        caption="Das Haus am Markt",
        alt_text="Ein Haus mit grüner Tür",
        credit_line="Demo-Archiv",
    )
    editor.choose_member(officer, MEMBER)
    editor.choose_region(officer, "38300", "Stadt Wolfenbüttel")
    editor.section(officer, "topics").get_by_label("Wohnen").first.check()
    # The browser has stored a draft by now; a better title brings a new address.
    expect(officer).to_have_url(re.compile("/edit/"))
    title = title.replace("eröffnet", "eröffnet heute")
    officer.fill("#id_title", title)
    editor.more_actions(officer)
    officer.get_by_role("button", name="In Freigabe einreichen").click()
    expect(officer.locator(".messages")).to_contain_text(title)

    # 2. She can neither publish nor approve it; nobody outside sees it.
    officer.get_by_role("link", name=title).first.click()
    officer.wait_for_load_state("networkidle")
    expect(officer.locator(DECISIONS)).to_have_count(0)
    edit_url = officer.url
    assert title not in titles(found(demo, words))
    admin = visit("admin").page
    admin.goto(edit_url)
    expect(admin.locator("#id_title")).to_be_visible()
    expect(admin.locator(DECISIONS)).to_have_count(0)

    # An editor approves.
    redaktion = visit("redaktion").page
    redaktion.goto(edit_url)
    redaktion.wait_for_load_state("networkidle")
    expect(redaktion.locator(DECISIONS).first).to_be_attached()
    editor.approve(redaktion)
    expect(redaktion.locator(".messages")).to_contain_text(title)

    # 3. It is found: by region, with highlight and counts, on the page and in the API.
    def found_there():
        """Return the answer once its words are found; one asked in that moment has the meaning."""
        answer = found(demo, words, region="03158")
        if title not in titles(answer) or answer["backend"] != backend:
            return None
        return answer if "<mark>" in answer["items"][0]["highlight"]["body"] else None

    answer = until(found_there, seconds=90)  # nine indices are built meanwhile
    assert answer["backend"] == backend
    assert answer["degraded"] is False
    item = answer["items"][0]  # what is near in meaning may follow
    assert item["title"] == title
    assert {"key": "release", "count": 1}.items() <= answer["facets"]["kind"][0].items()
    assert any(facet["count"] == 1 for facet in answer["facets"]["region"])
    assert title in titles(found(demo, words, region="38300"))
    assert title not in titles(found(demo, words, region="03153"))

    reader = visit().page
    reader.goto(f"/de/suche/?q={words}&region=03158")
    expect(reader.locator("mark").first).to_contain_text("Ankunftshaus")

    # 4. The page has everything a journalist needs; so has the JSON.
    reader.get_by_role("link", name=title).click()
    page = reader.locator("main")
    for text in ("Neue Anlaufstelle", title, "Wolfenbüttel", "Das Haus am Markt", "Demo-Archiv"):
        expect(page).to_contain_text(text)
    expect(page).to_contain_text("Mehr aus dieser Region")
    shown = page.locator("figure img").first
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    release = api(demo, f"releases/{item['id']}")
    assert release["title"] == title
    url = reader.url

    # 5. She corrects it in the open; the note is approved with the text.
    correction = "Das Haus öffnet um neun Uhr, nicht um acht."
    officer.goto(edit_url)
    officer.wait_for_load_state("networkidle")
    officer.fill("#id_lead", "In Wolfenbüttel berät ein neues Haus ab neun Uhr alle Neuen.")
    officer.select_option("#id_change_kind", "correction")
    officer.fill("#id_change_note", correction)
    officer.fill("#id_change_reason", "Die Öffnungszeit war falsch.")
    editor.more_actions(officer)
    officer.get_by_role("button", name="In Freigabe einreichen").click()
    expect(officer.locator(".messages")).to_contain_text(title)
    reader.reload()
    expect(reader.locator("body")).not_to_contain_text(correction)
    redaktion.goto(edit_url)
    redaktion.wait_for_load_state("networkidle")
    editor.approve(redaktion)
    expect(redaktion.locator(".messages")).to_contain_text(title)
    reader.reload()
    expect(reader.locator(".changes")).to_contain_text("Berichtigung")
    expect(reader.locator(".changes")).to_contain_text(correction)
    assert api(demo, f"releases/{item['id']}")["changes"][0]["note"] == correction

    # It is taken back: gone from page, API and search.
    choose_action(redaktion, edit_url, "Offline nehmen")
    redaktion.get_by_label("Begründung").fill("Der Termin war falsch.")
    redaktion.get_by_role("button", name="Jetzt offline nehmen").click()
    expect(redaktion.locator(".messages")).to_contain_text("offline")
    assert title not in titles(found(demo, words))
    answer = reader.goto(url)
    assert answer is not None
    assert answer.status == 410
    expect(reader.locator("body")).not_to_contain_text("Ankunftshaus")

    # 6. Two editors write what readers find there instead.
    notice = "Das Haus eröffnet später als angekündigt."
    choose_action(redaktion, edit_url, "Öffentlichen Hinweis schreiben")
    redaktion.fill("#id_text", notice)
    redaktion.get_by_role("button", name="Zur Freigabe einreichen").click()
    reader.reload()
    expect(reader.locator("body")).not_to_contain_text(notice)
    second = visit("redaktion2").page
    choose_action(second, edit_url, "Über den öffentlichen Hinweis entscheiden")
    expect(second.locator("main")).to_contain_text(notice)
    second.get_by_label("Hinweis veröffentlichen").check()
    second.get_by_role("button", name="Entscheiden").click()
    answer = reader.goto(url)
    assert answer is not None
    assert answer.status == 410
    expect(reader.locator("main")).to_contain_text(notice)
    expect(reader.locator("body")).not_to_contain_text("Ankunftshaus")
    assert demo.manage("approval_verify").returncode == 0


def test_regions_are_inside_or_serving(demo):
    """What is tagged with a town is found in its district; the district's offers serve the town."""
    whole = "Landkreis Wolfenbüttel tritt dem Bündnis bei"
    inside = titles(found(demo, "", region="03158", kind="release", page_size="50"))
    assert whole in inside
    assert any("Stadt Wolfenbüttel" in title for title in inside)
    assert whole not in titles(found(demo, "", region="031580037037", kind="release"))

    offers = found(demo, "", region="031580037037", kind="offer", page_size="50")["items"]
    relations = {item["region_relation"] for item in offers}
    assert relations == {"inside", "above"}
    assert whole in titles(found(demo, "", region="38300", kind="release"))


def test_a_translation_goes_its_own_way_to_the_reader(demo, visit, until):
    """The translator writes over the source's text; somebody else approves; readers find it."""
    title = "City of Wolfenbüttel: evening classes for newcomers"
    translator = visit("uebersetzung").page
    translator.goto("/admin/translations/")
    row = translator.locator("tr", has_text="Deutsch nach Feierabend")
    row.get_by_role("link", name="übersetzen: English").click()
    translator.get_by_role("button", name="Entwürfe anlegen").click()
    translator.wait_for_load_state("networkidle")
    edit_url = translator.url
    translator.fill("#id_title", title)
    translator.fill("#id_lead", "New evening classes start in December.")
    editor.rewrite_body(translator, "Whoever works by day learns German in the evening.")
    editor.more_actions(translator)
    translator.get_by_role("button", name="In Freigabe einreichen").click()
    expect(translator.locator(".messages")).to_contain_text(title)
    assert title not in titles(found(demo, "evening newcomers", lang="en"))

    other = visit("redaktion2").page
    other.goto(edit_url)
    other.wait_for_load_state("networkidle")
    editor.approve(other)
    expect(other.locator(".messages")).to_contain_text(title)

    until(lambda: title in titles(found(demo, "evening newcomers", lang="en")), seconds=90)
    reader = visit().page
    reader.goto("/en/suche/?q=evening")
    reader.get_by_role("link", name=re.compile(title)).click()
    expect(reader.locator("html")).to_have_attribute("lang", "en")
    expect(reader.locator("h1")).to_contain_text(title)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/de/",
        "/ar/",
        "/de/newsroom/",
        "/ar/newsroom/",
        "/de/newsroom/landkreis-wolfenbuettel-tritt-bei/",
        "/ar/newsroom/landkreis-wolfenbuettel-tritt-bei/",
        "/de/suche/?q=Sprachkurs&region=38300",
        "/ar/suche/?q=دورة",
        "/de/suche/?q=xyzzy",
        "/de/suche/?region=Atlantis",
        "/de/mitglieder/",
        "/de/impressum/",
        "/de/nothing/",
    ],
)
def test_every_page_fits_its_window_and_asks_no_foreign_host(visit, path, width):
    page = visit(width=width).page
    page.goto(path)

    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
    expect(page.locator("h1")).to_have_count(1)
    direction = "rtl" if path.startswith("/ar/") else "ltr"
    assert page.locator("html").get_attribute("dir") == direction
