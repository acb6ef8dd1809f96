"""A press officer at the form: parts, findings, a shared text, a template; by browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import editor

pytestmark = pytest.mark.browser
MEMBER = "Geschäftsstelle des Demo-Bündnisses Ankommen"
OFFICE = "Pressestelle (Geschäftsstelle des Demo-Bündnisses Ankommen)"


def choose(page, section, button, name):
    """Choose `name` in the chooser that `button` opens."""
    editor.section(page, section).get_by_role("button", name=re.compile(button, re.I)).first.click()
    modal = page.locator(".modal-content")
    modal.get_by_role("link", name=name).or_(modal.get_by_label(name)).first.click()
    confirm = modal.get_by_role("button", name="Auswahl bestätigen")
    if confirm.count():
        confirm.click()
    expect(modal).to_have_count(0)


def test_the_form_says_what_is_missing_leads_there_and_takes_every_part(demo, visit):
    page = visit("presse").page
    editor.open_new_release(page)
    editor.write_head(
        page,
        kicker="Neu",
        title="244 Orte mit Beratung",
        lead="Frau Meier eröffnete. „Sehr gut, sagte Meyer.",
        place="Goslar",
        day="2026-11-22",
    )

    editor.write_body(page, "Rufen Sie an: 0531/12 34.")

    # The draft stores itself, and the panel answers: what blocks, and what is only doubtful.
    findings = page.locator("[data-preflight-findings]")
    expect(findings).to_contain_text("lässt sich die Mitteilung nicht einreichen")
    expect(findings).to_contain_text("Dieses Zitat ist nicht geschlossen")
    expect(findings).to_contain_text("„Meier“ und „Meyer“")
    expect(findings).to_contain_text("Der Titel nennt 244")
    expect(findings).to_contain_text("+49 531 1234")

    # A finding leads to its field; writing there makes it go away.
    findings.locator("[data-preflight-field=lead]").first.click()
    expect(page.locator("#id_lead")).to_be_focused()
    page.fill("#id_lead", "An 244 Orten beginnt die Beratung.")
    expect(findings).not_to_contain_text("nicht geschlossen")

    # Shared texts of the own house alone.
    editor.choose_member(page, MEMBER)
    choose(page, "boilerplate", "auswählen", re.compile("Über das Demo-Bündnis"))
    choose(page, "pressekontakte", "hinzufügen", OFFICE)
    editor.choose_region(page, "Goslar", "Stadt Goslar")
    expect(findings).to_contain_text("Es fehlt nichts")

    # An embargo without an hour is an error of its field.
    page.fill("#id_embargoed_until", "2030-01-01 09:00")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Entwurf speichern").click()
    expect(
        page.locator("#panel-child-content-zeiten-section, section")
        .filter(has=page.locator("#id_embargoed_until"))
        .last
    ).to_contain_text("Zeitpunkt der Veröffentlichung")
    page.fill("#id_go_live_at", "2030-01-01 09:00")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Entwurf speichern").click()
    expect(page.locator(".messages")).to_contain_text("244 Orte mit Beratung")


def test_a_public_release_becomes_the_template_of_another(demo, visit):
    page = visit("presse").page
    editor.open_newsroom(page)
    row = page.locator("tr", has_text="Alle Angebote auf einen Blick").first
    row.get_by_role("button").first.click()
    page.get_by_role("link", name="Als Vorlage verwenden").first.click()
    page.get_by_role("button", name="Neuen Entwurf beginnen").click()

    expect(page.locator("#id_title")).to_have_value(re.compile("Alle Angebote"))
    expect(page.locator("#id_embargoed_until")).to_have_value("")
    expect(page.locator("[data-preflight-findings]")).to_contain_text("Es fehlt nichts")
