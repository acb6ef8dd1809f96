"""The form of a release: times, other houses' texts, parts; and what the panel says about them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, streamfield

from newsroom.approval.rules import NotReadyError
from newsroom.press.services import new_version
from newsroom.releases.models import NewsroomIndexPage, PressReleasePage
from newsroom.releases.parts import (
    RelatedRelease,
    ReleaseContact,
    ReleaseIssuer,
    ReleasePicture,
)
from newsroom.releases.selectors import related
from tests import factories as make
from tests.newsroom.releases.test_admin import form

pytestmark = pytest.mark.django_db
SKIPPED, DOUBLED = "2027-03-28 02:30", "2026-10-25 02:30"


@pytest.fixture
def add_url(house):
    newsroom = NewsroomIndexPage.objects.get(locale__language_code="de")
    return reverse("wagtailadmin_pages:add", args=["releases", "pressreleasepage", newsroom.pk])


def errors(client, url, **fields):
    answer = client.post(url, form(**fields))
    if answer.status_code == 302:
        return {}
    page_form = answer.context["form"]
    return {
        **page_form.errors,
        **{name: each.errors for name, each in page_form.formsets.items() if any(each.errors)},
    }


@pytest.mark.parametrize("field", ["embargoed_until", "go_live_at", "expire_at"])
@pytest.mark.parametrize(
    ("time", "words"), [(SKIPPED, "does not exist on that day"), (DOUBLED, "comes twice")]
)
def test_an_hour_that_the_clocks_skip_or_double_is_an_error_that_says_so(
    client, add_url, frozen, field, time, words
):
    client.force_login(make.english(make.officer()))

    found = errors(client, add_url, **{field: time})

    assert set(found) == {field}
    assert words in str(found[field])


def test_an_embargo_without_an_hour_of_publication_is_an_error(client, add_url, frozen):
    client.force_login(make.officer())

    assert set(errors(client, add_url, embargoed_until="2026-12-01 09:00")) == {"embargoed_until"}


def test_publication_before_the_embargo_ends_is_an_error(client, add_url, frozen):
    client.force_login(make.officer())
    times = {"embargoed_until": "2026-12-01 09:00", "go_live_at": "2026-12-01 08:59"}

    assert set(errors(client, add_url, **times)) == {"go_live_at"}


def test_publication_at_the_embargo_s_end_is_fine(client, add_url, frozen):
    client.force_login(make.officer())
    times = {"embargoed_until": "2026-12-01 09:00", "go_live_at": "2026-12-01 09:00"}

    assert errors(client, add_url, **times) == {}


def test_an_embargo_keeps_a_draft_from_submission_by_every_route(frozen, now):
    page = make.release(embargoed_until=now + timedelta(hours=1))

    with pytest.raises(NotReadyError) as refused:
        make.submit(page, by=make.officer())
    assert refused.value.fields == ("embargoed_until",)


def test_texts_of_another_house_are_refused_even_when_the_post_is_forged(client, add_url):
    own, other = make.member(), make.member()
    client.force_login(make.house_keeper(own))
    contact = inline_formset([{"contact": make.contact(other).pk}])

    for forged in ({"boilerplate": make.boilerplate(other).pk}, {"contact_links": contact}):
        answer = client.post(add_url, form(**forged))
        assert answer.url == reverse("wagtailadmin_home")  # not the form, which would show them
    assert not PressReleasePage.objects.filter(slug="landkreis-tritt-bei").exists()


def test_retired_texts_of_the_own_house_are_an_error_of_their_field(client, add_url):
    own = make.member()
    client.force_login(make.house_keeper(own))
    text = make.boilerplate(own, is_retired=True)
    contact = make.contact(own, is_retired=True)

    found = errors(
        client,
        add_url,
        boilerplate=text.pk,
        contact_links=inline_formset([{"contact": contact.pk}]),
    )

    assert set(found) == {"boilerplate", "contact_links"}


def test_texts_of_the_own_house_are_taken(client, add_url):
    own = make.member()
    client.force_login(make.house_keeper(own))
    text, contact = make.boilerplate(own), make.contact(own)

    found = errors(
        client,
        add_url,
        boilerplate=text.pk,
        contact_links=inline_formset([{"contact": contact.pk}]),
    )

    assert found == {}
    page = PressReleasePage.objects.get(slug="landkreis-tritt-bei")
    assert page.boilerplate == text
    assert page.contacts() == [contact]


def test_somebody_else_s_draft_cannot_be_named_as_related(client, add_url):
    draft = make.release(title="Noch geheim", owner=make.officer())
    client.force_login(make.officer())
    link = inline_formset([{"release": draft.pk}])

    assert set(errors(client, add_url, related_links=link)) == {"related_links"}

    make.publish(draft)
    assert errors(client, add_url, related_links=link) == {}


def test_a_text_that_is_there_already_stays_for_those_who_may_not_choose_it(client, house):
    other = make.member()
    text = make.boilerplate(other)
    page = make.release(issuing_member=other, boilerplate=text)
    keeper = make.house_keeper(page.get_parent().specific)
    page.save_revision()
    client.force_login(keeper)

    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form(boilerplate=text.pk, slug=page.slug, issuing_member=other.pk),
    )

    assert answer.status_code == 302


@pytest.mark.parametrize("url", ["http://video.example.org/", "javascript:alert(1)", "//x"])
def test_a_video_link_is_https(client, add_url, url):
    client.force_login(make.officer())
    body = streamfield([("video", {"url": url, "label": "Film"})])

    assert "body" in errors(client, add_url, body=body)


def test_a_forged_table_is_no_accident(client, add_url):
    client.force_login(make.officer())
    fields = form(body=streamfield([("heading", "Tabelle")]))
    for count in ("x", "5", str(2**70)):
        posted = {
            **fields,
            "body-0-type": "table",
            "body-0-value-caption": "x",
            "body-0-value-column-count": count,
            "body-0-value-row-count": count,
        }
        assert client.post(add_url, posted).status_code in (200, 302)


def test_a_boilerplate_of_a_member_that_does_not_issue_blocks():
    page = make.release(boilerplate=make.boilerplate(make.member()))

    assert "boilerplate" in dict(page.preflight())
    page.boilerplate = make.boilerplate(page.issuing_member)
    assert page.preflight() == []


def test_a_template_is_never_submitted():
    with pytest.raises(NotReadyError) as refused:
        make.submit(make.release(is_template=True), by=make.officer())
    assert refused.value.fields == ("is_template",)


def test_a_picture_in_the_body_needs_credit_and_description():
    value = {
        "image": make.image(),
        "caption": "",
        "alt_text": " ",
        "credit_line": "",
        "licence": "",
    }
    page = make.release(body=[("picture", value)])

    assert [field for field, _remedy in page.preflight()] == ["body", "body"]
    assert "body" in dict(page.advice())


def test_advice_names_the_field_and_keeps_nobody_from_submitting():
    member = make.member()
    text, contact = make.boilerplate(member), make.contact(member)
    page = make.release(
        title="244 " + "x" * 90,
        lead="„Offen. Telefon 0531/12 34",
        body=[("paragraph", '<p><a href="http://a.example">a</a></p>')],
        issuing_member=member,
        boilerplate=text,
        picture=make.image(),
    )
    page.contact_links = [ReleaseContact(contact=contact)]
    picture = page.pictures.first()
    picture.licence = ""
    page.pictures = [picture]
    new_version(of=text, text="Neu.")
    new_version(of=contact, name="Neu")

    fields = [field for field, _remedy in page.advice()]

    assert fields == [
        *("title", "title", "lead", "lead", "body", "pictures", "boilerplate", "contact_links")
    ]
    make.submit(page, by=make.officer())


def test_rows_in_which_nothing_is_chosen_yet_are_said_and_break_nothing():
    page = make.release()
    page.pictures = [ReleasePicture(alt_text="Ein Tor", credit_line="Wer")]
    page.contact_links, page.co_issuers = [ReleaseContact()], [ReleaseIssuer()]
    page.related_links = [RelatedRelease()]

    assert [field for field, _remedy in page.preflight()] == ["pictures"]
    page.advice()
    assert page.references() == []
    assert related(page, now=timezone.now()) == []


def test_a_plain_release_leaves_nothing_to_doubt():
    assert make.release(picture=make.image()).advice() == []


def test_the_panel_says_what_is_missing_and_what_is_doubtful(client, house):
    page = make.release(lead="„Offen", regions=())
    page.save_revision(clean=False)
    client.force_login(make.editor())

    answer = client.get(reverse("release_preflight", args=[page.pk]))

    text = answer.content.decode()
    assert 'data-preflight-field="region_links"' in text
    assert "„Offen" in text
    assert "no-store" in answer["Cache-Control"]


def test_the_panel_reads_the_newest_draft_not_the_live_page(client, house):
    page = make.publish(make.release())
    page.lead = "„Offen"
    page.save_revision()
    client.force_login(make.editor())

    assert "„Offen" in client.get(reverse("release_preflight", args=[page.pk])).content.decode()


def test_the_panel_of_another_s_draft_is_shut(client, house):
    page = make.release(lead="Geheim „offen", owner=make.officer())
    page.save_revision()
    client.force_login(make.house_keeper(make.member()))

    answer = client.get(reverse("release_preflight", args=[page.pk]))

    assert answer.status_code in (302, 403, 404)
    assert "offen" not in answer.content.decode()
    assert client.post(reverse("release_preflight", args=[page.pk])).status_code in (302, 403, 405)


def test_links_are_checked_only_on_request(client, house, monkeypatch):
    asked = []
    monkeypatch.setattr("newsroom.releases.links.status", lambda link: asked.append(link) or 404)
    page = make.release(body=[("paragraph", '<p><a href="https://a.example/">a</a></p>')])
    page.save_revision()
    client.force_login(make.editor())
    url = reverse("release_preflight", args=[page.pk])

    client.get(url)
    client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert asked == []

    assert "https://a.example/" in client.get(url, {"links": "1"}).content.decode()
    assert asked == ["https://a.example/"]


def test_related_links_keep_no_page_from_its_form(client, house):
    page = make.release()
    page.related_links = [RelatedRelease(release=make.release())]
    page.save()
    page.save_revision()
    client.force_login(make.editor())

    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
