"""The list below a search field while somebody types: with keys, with a pointer, without script."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def field(page):
    return page.get_by_role("combobox").first


def options(page):
    return page.get_by_role("option")


def test_keys_lead_through_the_suggestions(visit):
    visitor = visit()
    page = visitor.page
    page.goto("/de/")
    expect(options(page)).to_have_count(0)
    field(page).press_sequentially("wolfenb")
    expect(options(page).first).to_contain_text("Landkreis Wolfenbüttel")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").first).to_contain_text(re.compile(r"\d"))

    field(page).press("ArrowDown")
    first = options(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    field(page).press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_value("wolfenb")
    expect(field(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))

    field(page).press("ArrowDown")
    expect(options(page).first).to_be_visible()
    field(page).press("ArrowDown")
    field(page).press("Enter")
    page.wait_for_url("**/de/suche/?region=03158")
    assert (visitor.errors, visitor.foreign) == ([], [])


@pytest.mark.parametrize(("width", "path"), [(360, "/ar/newsroom/"), (1280, "/ar/suche/")])
def test_a_pointer_opens_the_page_of_an_item(visit, width, path):
    page = visit(width=width).page
    page.goto(path)
    field(page).press_sequentially("الأل")
    option = options(page).filter(has_text="الألمانية").last
    expect(option).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    text = option.locator(".suggestions__text").inner_text()
    option.click()
    expect(page.locator("h1")).to_contain_text(text)


def test_enter_without_a_choice_searches_for_what_was_typed(visit):
    page = visit().page
    page.goto("/de/suche/")
    field(page).press_sequentially("Sprachkurs")
    expect(options(page).first).to_be_visible()
    field(page).press("Enter")
    page.wait_for_url("**/de/suche/?q=Sprachkurs&region=")


def test_without_script_the_field_is_a_plain_search(chromium, demo):
    context = chromium.new_context(java_script_enabled=False, base_url=demo.url)
    page = context.new_page()
    page.goto("/de/suche/")
    page.get_by_role("searchbox").fill("Sprachkurs")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".result").first).to_be_visible()
    context.close()
