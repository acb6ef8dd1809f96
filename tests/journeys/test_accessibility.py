"""Axe finds nothing on the public pages and on those of the admin that are ours."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys import editor

pytestmark = pytest.mark.browser

PUBLIC = (
    "",
    "newsroom/",
    "newsroom/landkreis-wolfenbuettel-tritt-bei/",
    "mitglieder/",
    "mitglieder/?region=Atlantis",
    "mitglieder/landkreis-wolfenbuettel/",
    "region/",
    "region/03158/landkreis-wolfenbuettel/",
    "suche/?q=Sprachkurs&region=38300",
    "suche/?q=xyzzy",
    "impressum/",
    "gibt-es-nicht/",
    "angebote/antwort/x/",
)
RELEASE = "Landkreis Wolfenbüttel tritt dem Bündnis bei"
# Of the admin, {release} being the number of a public release.
ADMIN = {
    "presse": ("", "releases/new/"),
    "redaktion": (
        "",
        "releases/{release}/use/",
        "pages/{release}/edit/",
        "approval/{release}/retract/",
        "embargo/{release}/",
        "coverage/",
        "offer-hints/",
        "batches/",
        "reports/search/",
    ),
    "uebersetzung": ("", "translations/"),
    "mitglied": ("",),
    "admin": ("outbox/",),
}
# Parts of the platform's own forms: its editor of rich text and the single fields of a body have no
# names (aria-input-field-name, label), its map of the form cannot be scrolled by keys.
OF_THE_PLATFORM = (".Draftail-Editor", "[data-streamfield-child]", ".w-minimap")


def violations(page, path, *, is_ours=True):
    """Return what axe finds at `path`, a line each; of a page of the platform only in our parts."""
    page.goto(path)
    excluded = []
    if not is_ours:
        page.wait_for_load_state("networkidle")  # its forms are built by scripts
        excluded = [[part] for part in OF_THE_PLATFORM if page.locator(part).count()]
    found = Axe().run(page, context={"exclude": excluded}).response["violations"]
    return [
        f"{path}: {violation['id']}: {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("language", "width"), [("de", 1280), ("ar", 360)])
def test_public_pages_are_accessible(visit, language, width):
    page = visit(width=width).page
    offer = visit().page
    offer.goto(f"/{language}/suche/?kind=offer")
    own = offer.locator(f".result__title a[hreflang={language}]").first.get_attribute("href")
    offer.goto(own)
    hint = offer.locator("a[href$='/hinweis/']").get_attribute("href")

    paths = [*(f"/{language}/{path}" for path in PUBLIC), own, hint]
    assert [line for path in paths for line in violations(page, path)] == []


@pytest.mark.parametrize("name", ADMIN)
def test_our_pages_of_the_admin_are_accessible(visit, name):
    page = visit(name).page
    release = ""
    if any("{release}" in path for path in ADMIN[name]):
        editor.open_newsroom(page)
        address = page.get_by_role("link", name=RELEASE).first.get_attribute("href")
        release = re.search(r"/pages/(\d+)/", address)[1]

    paths = [f"/admin/{path.format(release=release)}" for path in ADMIN[name]]
    found = [line for path in paths for line in violations(page, path, is_ours=False)]
    assert found == []


def test_the_ways_into_the_admin_are_accessible(visit):
    page = visit().page

    for path in ("/admin/login/", "/admin/password_reset/"):
        assert violations(page, path) == []
