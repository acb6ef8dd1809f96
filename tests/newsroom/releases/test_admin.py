"""Writing a release in the admin: forged buttons, missing fields, the way to the reader."""

import json
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from newsroom.approval.rules import objection
from newsroom.releases.models import NewsroomIndexPage, PressReleasePage
from tests import factories as make
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

CREATE = "wagtailadmin_pages:add"


def form(**changes):
    """Return what the editor's form posts for a complete release."""
    if "issuing_member" not in changes:
        changes["issuing_member"] = make.publish(make.member()).pk
    fields = {
        "kind": "release",
        "kicker": "Bündnis wächst",
        "title": "Landkreis tritt bei",
        "slug": "landkreis-tritt-bei",
        "lead": "Der Landkreis ist neues Mitglied.",
        "dateline_place": "Wolfenbüttel",
        "dateline_date": "2026-11-23",
        "body": streamfield([("heading", "Fünf Felder")]),
        "topics": [],
        "pictures": inline_formset([]),
        "region_links": inline_formset([{"region": "03158"}]),
        "co_issuers": inline_formset([]),
        "contact_links": inline_formset([]),
        "related_links": inline_formset([]),
        "comments": inline_formset([]),
        **changes,
    }
    return nested_form_data({name: value for name, value in fields.items() if value is not None})


def form_of(page, **changes):
    """Return what the form of a stored release posts when nobody has touched it."""
    regions = [{"region": "03158", "id": page.region_links.get().pk}]
    fields = {
        "issuing_member": page.issuing_member_id,
        "region_links": inline_formset(regions, initial=1),
        **changes,
    }
    return form(**fields) | {"body-0-id": page.body.raw_data[0]["id"]}


def task_of(page):
    return Page.objects.get(pk=page.pk).current_workflow_task


@pytest.fixture
def add_url(house):
    newsroom = NewsroomIndexPage.objects.get(locale__language_code="de")
    return reverse(CREATE, args=["releases", "pressreleasepage", newsroom.pk])


def test_a_press_officer_writes_and_submits_a_release(client, add_url):
    officer = make.officer()
    client.force_login(officer)
    assert client.get(add_url).status_code == 200

    answer = client.post(add_url, {**form(), "action-submit": "1"})

    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    page = PressReleasePage.objects.get(slug="landkreis-tritt-bei")
    assert page.workflow_in_progress
    assert not page.live
    assert page.owner == officer


@pytest.mark.parametrize("account", [make.officer, make.editor, make.superuser])
@pytest.mark.parametrize("button", ["action-publish", "action-workflow-action"])
def test_a_forged_button_publishes_nothing(client, add_url, account, button):
    author = account()
    client.force_login(author)
    client.post(add_url, {**form(), button: "1", "workflow-action-name": "approve"})
    page = PressReleasePage.objects.get(slug="landkreis-tritt-bei")
    assert not page.live

    make.submit(page, by=author)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(edit, {**form(), button: "1", "workflow-action-name": "approve"})

    page.refresh_from_db()
    assert not page.live


def test_the_editor_approves_by_the_admin_s_button(client, add_url):
    page = make.submit(make.release(), by=make.officer())
    client.force_login(make.editor())
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", page.current_workflow_task_state.pk],
    )

    assert client.post(url).status_code in (200, 302)

    page.refresh_from_db()
    assert page.live


def test_a_text_that_a_browser_stores_untouched_has_no_new_author(client, add_url):
    client.force_login(make.officer())
    client.post(add_url, {**form(), "action-submit": "1"})
    page = PressReleasePage.objects.get(slug="landkreis-tritt-bei")
    submitted, editor = page.latest_revision, make.editor()
    untouched = form_of(page)
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = client.post(edit, untouched, headers={"accept": "application/json"})

    assert answer.json()["revision_id"] == submitted.pk
    assert objection(task=task_of(page), page=Page.objects.get(pk=page.pk), user=editor) == ""

    overwrite = {"overwrite_revision_id": submitted.pk}
    touched = {**untouched, **overwrite, "lead": "Der Landkreis ist dabei."}
    answer = client.post(edit, touched, headers={"accept": "application/json"})

    assert answer.json()["revision_id"] != submitted.pk
    submitted.refresh_from_db()
    assert submitted.content["lead"] == "Der Landkreis ist neues Mitglied."
    assert objection(task=task_of(page), page=Page.objects.get(pk=page.pk), user=editor)


@pytest.mark.parametrize("is_public", [False, True])
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_who_comments_in_the_margin_may_still_decide(client, add_url, action, is_public):
    client.force_login(make.officer())
    client.post(add_url, {**form(), "action-submit": "1"})
    page = PressReleasePage.objects.get(slug="landkreis-tritt-bei")
    if is_public:
        page = make.decide(page, by=make.editor())
        page.lead = "Der Landkreis ist seit heute Mitglied."
        page.change_kind, page.change_note = "update", "Der Tag fehlte."
        page = make.submit(page, by=make.officer())
    changed = {name: getattr(page, name) for name in ("lead", "change_kind", "change_note")}
    submitted = page.latest_revision_id
    client.force_login(make.editor())
    note = {"text": "Seit wann?", "contentpath": "lead", "position": ""}
    comments = inline_formset([{**note, "replies": inline_formset([])}])
    decision = {"action-workflow-action": "1", "workflow-action-name": action}

    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(edit, {**form_of(page, comments=comments, **changed), **decision})

    page = PressReleasePage.objects.get(pk=page.pk)
    assert page.latest_revision_id == submitted
    assert (page.live_revision_id == submitted) is (action == "approve")
    assert page.workflow_in_progress is False
    assert page.wagtail_admin_comments.get().text == "Seit wann?"
    shown = page.get_latest_revision_as_object().wagtail_admin_comments.get()
    assert shown.contentpath == "lead"


def decided(client, page, action, comment="", **fields):
    """Decide by the form as an editor's browser does; return what is said then."""
    decision = {
        "action-workflow-action": "1",
        "workflow-action-name": action,
        "workflow-action-extra-data": json.dumps({"comment": comment}),
    }
    client.force_login(make.english(make.editor()))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return told_by(client.post(edit, {**form_of(page, **fields), **decision}, follow=True))


def told_by(answer):
    """Return what the admin says."""
    return [" ".join(str(each).split()) for each in get_messages(answer.wsgi_request)]


@pytest.fixture
def waiting(client, add_url):
    """Return a function that submits a release by its form."""

    def submit(**fields):
        client.force_login(make.officer(first_name="Eva", last_name="Rot"))
        client.post(add_url, {**form(**fields), "action-submit": "1"})
        return PressReleasePage.objects.get(slug="landkreis-tritt-bei")

    return submit


def test_who_has_decided_is_told_what_follows(client, waiting):
    page = waiting()
    [text] = decided(client, page, "reject", "Wo?")
    assert "“Landkreis tritt bei” is returned to Eva Rot." in text

    page.get_latest_revision_as_object().current_workflow_state.resume(page.owner)
    [text] = decided(client, page, "approve")
    assert "is approved and public." in text
    assert page.url in text


def test_who_has_approved_for_later_is_told_the_hour(client, waiting, frozen):
    page = waiting(go_live_at="2026-12-01 09:00")
    [text] = decided(client, page, "approve", go_live_at="2026-12-01 09:00")
    assert "it becomes public on" in text
    assert "Dec. 1, 2026, 9 a.m." in text
    assert page.url not in text


def test_a_browser_that_stores_after_the_approval_writes_nothing(client, add_url):
    client.force_login(make.officer())
    client.post(add_url, {**form(), "action-submit": "1"})
    page = make.decide(PressReleasePage.objects.get(slug="landkreis-tritt-bei"), by=make.editor())
    client.force_login(make.editor())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = client.post(edit, form_of(page), headers={"accept": "application/json"})

    assert answer.json()["revision_id"] == page.live_revision_id
    assert not Page.objects.get(pk=page.pk).has_unpublished_changes


def test_what_is_public_is_not_submitted_unchanged(client, add_url):
    client.force_login(make.officer())
    client.post(add_url, {**form(), "action-submit": "1"})
    page = make.decide(PressReleasePage.objects.get(slug="landkreis-tritt-bei"), by=make.editor())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = client.post(edit, {**form_of(page), "action-submit": "1"}, follow=True)

    told = [str(each) for each in get_messages(answer.wsgi_request)]
    assert told[0] == "Seit der öffentlichen Fassung wurde nichts geändert."
    assert not Page.objects.get(pk=page.pk).workflow_in_progress


@pytest.mark.parametrize("field", ["lead", "internal_notes", "go_live_at"])
def test_whatever_is_written_under_review_is_stored(field):
    page = make.submit(make.release(), by=make.officer())
    values = {"go_live_at": NOW + timedelta(days=2)}
    version = page.get_latest_revision_as_object()
    setattr(version, field, values.get(field, "Anders"))

    revision = version.save_revision(user=make.editor(), log_action=True)

    assert revision.pk != page.latest_revision_id


@pytest.mark.parametrize("account", [make.officer, make.superuser])
def test_the_author_does_not_approve_by_the_admin_s_button(client, account):
    author = account()
    page = make.submit(make.release(owner=author), by=author)
    client.force_login(author)
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", page.current_workflow_task_state.pk],
    )

    client.post(url)

    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize("view", ["unpublish", "set_privacy", "convert_alias"])
def test_stock_ways_around_approval_are_shut(client, view):
    page = make.publish(make.release())
    client.force_login(make.superuser())
    url = reverse(f"wagtailadmin_pages:{view}", args=[page.pk])

    client.post(url, {"restriction_type": "login"})

    page.refresh_from_db()
    assert page.live
    assert not page.get_view_restrictions().exists()


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete"])
def test_bulk_actions_change_nothing_public(client, action):
    draft, public = make.release(), make.publish(make.release())
    draft.save_revision()
    client.force_login(make.superuser())
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    client.post(f"{url}?id={draft.pk}&id={public.pk}", {"include_descendants": "on"})

    assert not PressReleasePage.objects.filter(pk=draft.pk, live=True).exists()
    assert PressReleasePage.objects.filter(pk=public.pk, live=True).exists()


def test_a_copy_is_a_draft(client):
    page = make.publish(make.release())
    client.force_login(make.superuser())
    parent = page.get_parent()

    client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": str(parent.pk),
            "publish_copies": "on",
            "copy_subpages": "on",
        },
    )

    assert not PressReleasePage.objects.filter(slug="kopie", live=True).exists()


def test_a_copy_as_alias_is_refused(client):
    page = make.publish(make.release())
    client.force_login(make.superuser())
    client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": str(page.get_parent().pk),
            "alias": "on",
        },
    )

    assert not PressReleasePage.objects.filter(alias_of=page).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lead": ""}, "lead"),
        ({"title": ""}, "title"),
        ({"dateline_place": ""}, "dateline_place"),
        ({"issuing_member": ""}, "issuing_member"),
        ({"body": streamfield([])}, "body"),
    ],
)
def test_an_incomplete_release_is_refused_at_submit_with_the_field_named(
    client, add_url, change, field
):
    client.force_login(make.officer())
    data = form(**change)

    answer = client.post(add_url, {**data, "action-submit": "1"})

    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert not PressReleasePage.objects.exists()


def test_a_release_without_region_is_refused_at_submit(client, add_url):
    client.force_login(make.officer())

    answer = client.post(add_url, {**form(region_links=inline_formset([])), "action-submit": "1"})

    assert answer.status_code == 200
    assert answer.context["form"].formsets["region_links"].non_form_errors()


def test_a_picture_without_credit_is_refused_at_submit(client, add_url):
    client.force_login(make.officer())
    picture = {"image": make.image().pk, "caption": "", "alt_text": "Markt", "credit_line": ""}

    answer = client.post(
        add_url, {**form(pictures=inline_formset([picture])), "action-submit": "1"}
    )

    assert answer.status_code == 200
    assert answer.context["form"].formsets["pictures"].errors[0]["credit_line"]


@pytest.fixture
def change(client, add_url):
    """Return the address of a public release's form, and a function that makes its post."""
    client.force_login(make.officer())
    client.post(add_url, {**form(), "action-submit": "1"})
    page = make.decide(PressReleasePage.objects.get(slug="landkreis-tritt-bei"), by=make.editor())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return edit, lambda **fields: {**form_of(page, lead="Ein neuer Satz."), **fields}


@pytest.mark.parametrize("button", ["action-submit", "action-restart-workflow"])
def test_a_refused_change_keeps_what_was_typed_and_marks_the_fields(client, change, button):
    edit, posted = change
    if button == "action-restart-workflow":
        note = {"change_kind": "update", "change_note": "Neues."}
        assert client.post(edit, posted(**note, **{"action-submit": "1"})).status_code == 302
        page = PressReleasePage.objects.get(slug="landkreis-tritt-bei")
        make.decide(page, by=make.editor(), action="reject")

    answer = client.post(edit, posted(change_kind="correction", change_note="", **{button: "1"}))

    assert answer.status_code == 200
    drawn = answer.context["form"]
    assert set(drawn.errors) == {"change_note", "change_reason"}
    assert drawn["lead"].value() == "Ein neuer Satz."
    text = answer.content.decode()
    assert 'data-preflight-field="change_note"' in text  # the panel says the same
    assert "change_note:" not in text


def test_a_change_that_only_adds_a_picture_is_asked_for_its_note_too(client, change):
    edit, posted = change
    picture = {"image": make.image().pk, "alt_text": "Markt", "credit_line": "Wer", "caption": ""}
    page = PressReleasePage.objects.get(slug="landkreis-tritt-bei")
    fields = {**posted(), **form_of(page, pictures=inline_formset([picture]))}

    answer = client.post(edit, {**fields, "action-submit": "1"})
    assert set(answer.context["form"].errors) == {"change_kind", "change_note"}

    note = {"change_kind": "update", "change_note": "Ein Bild."}
    assert client.post(edit, {**fields, **note, "action-submit": "1"}).status_code == 302
    version = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert version.workflow_in_progress
    assert version.pictures.count() == 1


def test_every_finding_is_an_error_of_its_field_at_submit(client, add_url):
    client.force_login(make.editor())
    strange = make.boilerplate(make.member())

    answer = client.post(
        add_url, {**form(boilerplate=strange.pk, is_template="on"), "action-submit": "1"}
    )

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"boilerplate", "is_template"}


def test_whoever_changes_what_they_decide_about_keeps_what_was_typed(client, add_url):
    client.force_login(make.officer())
    client.post(add_url, {**form(), "action-submit": "1"})
    page = PressReleasePage.objects.get(slug="landkreis-tritt-bei")
    client.force_login(make.editor())
    decision = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = client.post(edit, {**form_of(page, lead="Besser gesagt."), **decision})

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert answer.context["form"]["lead"].value() == "Besser gesagt."
    assert Page.objects.get(pk=page.pk).latest_revision_id == page.latest_revision_id
    assert not Page.objects.get(pk=page.pk).live


def test_an_incomplete_draft_can_be_saved(client, add_url):
    client.force_login(make.officer())

    answer = client.post(add_url, form(lead="", region_links=inline_formset([])))

    assert answer.status_code == 302
    assert not PressReleasePage.objects.get(slug="landkreis-tritt-bei").live


def test_a_failing_request_to_the_admin_leaves_nothing_behind(client, add_url, monkeypatch):
    """Publishing and its follow-ups belong together, also in views that are not ours."""
    page = make.submit(make.release(), by=make.officer())
    client.force_login(make.editor())
    client.raise_request_exception = False
    monkeypatch.setattr(
        "newsroom.releases.search.build", lambda page: pytest.fail("the builder is broken")
    )
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", page.current_workflow_task_state.pk],
    )

    with pytest.raises(pytest.fail.Exception):
        client.post(url)

    page.refresh_from_db()
    assert not page.live
    assert page.workflow_in_progress


def test_a_new_release_is_one_step_away(client, add_url):
    client.force_login(make.officer())
    assert reverse("release_new") in client.get(reverse("wagtailadmin_home")).content.decode()

    assert client.get(reverse("release_new")).url == add_url


def test_who_writes_for_several_houses_chooses_one(client, add_url):
    house, foreign = make.publish(make.member()), make.publish(make.member())
    client.force_login(make.house_keeper(house))

    text = client.get(reverse("release_new")).content.decode()

    assert add_url in text
    assert reverse(CREATE, args=["releases", "pressreleasepage", house.pk]) in text
    assert reverse(CREATE, args=["releases", "pressreleasepage", foreign.pk]) not in text


def test_who_writes_no_releases_is_not_led_to_their_form(client, house):
    client.force_login(make.translator())

    assert reverse("release_new") not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("release_new")).status_code in (302, 403)  # Wagtail leads home
