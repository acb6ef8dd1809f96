"""The page editor as a person uses it: fields, choosers, buttons."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=20_000)  # milliseconds, on a busy machine


def section(page: Page, name: str) -> Locator:
    """Return the part of the form that holds the field `name`."""
    return page.locator(f"section[id$='-{name}-section']").first


def open_newsroom(page: Page) -> None:
    """Go to the list of German releases, by the explorer's own buttons."""
    page.goto("/admin/pages/")
    # Who works in a member's house, too, begins above all languages.
    home = page.locator("table.listing tr", has_text="Deutsch").locator("td.children a")
    if home.count():
        home.first.click()
        page.wait_for_load_state("networkidle")
    newsroom = page.locator("table.listing tr", has_text="Nachrichten").locator("td.children a")
    if newsroom.count():
        newsroom.first.click()
        page.wait_for_load_state("networkidle")


def open_new_release(page: Page) -> None:
    """Go to the form of a new press release, and wait until it watches what is written."""
    page.add_init_script(
        "document.addEventListener('w-unsaved:watch-edits', () => {"
        " document.documentElement.dataset.watched = 'yes'; })"
    )
    open_newsroom(page)
    page.get_by_role("link", name="Unterseite hinzufügen").first.click()
    choice = page.get_by_role("link", name="Pressemitteilung", exact=True)
    if choice.count():
        choice.first.click()
    page.locator("html[data-watched]").wait_for()


def write_head(page: Page, *, kicker: str, title: str, lead: str, place: str, day: str) -> None:
    """Fill the fields of the head. `day` is an ISO date."""
    page.fill("#id_kicker", kicker)
    page.fill("#id_title", title)
    page.fill("#id_lead", lead)
    page.fill("#id_dateline_place", place)
    page.fill("#id_dateline_date", day)
    page.keyboard.press("Tab")


def write_body(page: Page, text: str) -> None:
    """Add a paragraph."""
    body = section(page, "body")
    body.get_by_role("button", name="Einen Block einfügen").first.click()
    page.get_by_role("option", name="Text").first.click()
    editor = body.locator("[contenteditable=true]").first
    editor.click()
    page.keyboard.type(text)


def rewrite_body(page: Page, text: str) -> None:
    """Write over the first paragraph, and wait until the form has it: that takes a moment."""
    section(page, "body").locator("[contenteditable=true]").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    stored = "text => [...document.querySelectorAll('input')].some(e => e.value.includes(text))"
    page.wait_for_function(stored, arg=text)


def choose_member(page: Page, name: str) -> None:
    """Choose the issuing member in the chooser."""
    section(page, "issuing_member").get_by_role("button", name="auswählen").first.click()
    modal = page.locator(".modal-content")
    modal.get_by_label("Suchbegriff").or_(modal.locator("#id_q")).first.fill(name)
    modal.get_by_role("link", name=name, exact=True).first.click()
    expect(modal).to_have_count(0)


def choose_region(page: Page, query: str, full_name: str) -> None:
    """Search the gazetteer for `query` and choose the region of that name."""
    regions = section(page, "regionen")
    regions.get_by_role("button", name="Region hinzufügen").click()
    modal = page.locator(".modal-content")
    modal.locator("#id_chooser-q, #id_q").first.fill(query)
    modal.get_by_role("checkbox", name=full_name).or_(
        modal.locator("tr", has_text=full_name).locator("input[type=checkbox]")
    ).first.check()
    modal.get_by_role("button", name="Auswahl bestätigen").click()
    expect(modal).to_have_count(0)
    expect(regions.get_by_text(full_name).first).to_be_visible()


def add_picture(page: Page, file: Path, *, caption: str, alt_text: str, credit_line: str) -> None:
    """Upload a picture and write what is printed with it."""
    page.click("#id_pictures-ADD")
    pictures = section(page, "bilder")
    pictures.get_by_role("button", name="auswählen").first.click()
    modal = page.locator(".modal-content")
    modal.get_by_role("tab", name="Hochladen").click()
    modal.locator("input[type=file]").set_input_files(str(file))
    expect(modal.locator("input[name$=title]")).not_to_have_value("")  # follows the file's name
    modal.get_by_role("button", name="Hochladen").click()
    expect(modal).to_have_count(0)
    page.fill("#id_pictures-0-caption", caption)
    page.fill("#id_pictures-0-alt_text", alt_text)
    page.fill("#id_pictures-0-credit_line", credit_line)


def more_actions(page: Page) -> None:
    """Open the menu beside the save button."""
    page.locator("footer .w-dropdown__toggle, nav.footer .w-dropdown__toggle").or_(
        page.get_by_role("button", name="Mehr Aktionen")
    ).last.click()


def approve(page: Page) -> None:
    """Press the big button of a page under review, and confirm in the dialogue."""
    page.get_by_role("button", name="Freigeben", exact=True).click()
    page.locator(".modal-content").get_by_role("button", name="Freigeben", exact=True).click()
