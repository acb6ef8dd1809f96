"""The desk as people meet it in the admin."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import WorkflowTask

from cms.accounts.roles import EDITOR
from newsroom.approval import services as approval
from newsroom.approval.models import FourEyesTask, Receipt
from newsroom.approval.views import DecideNoticeView
from newsroom.desk import selectors
from newsroom.desk.models import Deputy, Review
from newsroom.desk.outcome import outcome
from newsroom.desk.presentation import dashboard
from newsroom.desk.services import assign
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
HOME = "/admin/"
IN_DIALOGUE = {"x-requested-with": "XMLHttpRequest"}


def html(client, address=HOME):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(user, now):
    """Return the titles of each section of somebody's dashboard."""
    return {
        section.key: [line.title for line in section.lines] for section in dashboard(user, now=now)
    }


def test_an_editor_s_dashboard(client, now):
    officer, editor = make.officer(), make.editor()
    make.submit(make.release(title="Wartet"), by=officer)
    make.publish(make.release(title="Kommt", go_live_at=now + timedelta(hours=3)), by=officer)
    make.publish(make.release(title="Ist da"), by=officer)
    stopped = make.publish(make.release(title="Steht", go_live_at=now + timedelta(hours=4)))
    approval.park(receipt=Receipt.objects.get(page=stopped), error=RuntimeError("x"), now=now)

    shown = lines(editor, now)
    assert shown["waiting"] == ["Wartet"]
    assert shown["scheduled"] == ["Kommt"]
    assert "Ist da" in shown["live"]
    assert shown["parked"] == ["Steht"]
    client.force_login(editor)
    page = html(client)
    assert "23. November 2026 13:00 Uhr" in page
    assert "2026-11-23T12:00:00+00:00" in page
    assert "desk--alarm" in page


def test_an_officer_s_dashboard(client, now):
    officer = make.officer()
    draft = make.release(title="Entwurf", owner=officer)
    draft.save_revision(user=officer)
    page = make.submit(make.release(title="Zurück", owner=officer), by=officer)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, make.editor(), "reject", comment="Bitte <b>prüfen</b>")
    make.submit(make.release(title="Liegt dort", owner=officer), by=officer)
    make.submit(make.release(title="Anderer Leute"), by=make.officer())

    shown = lines(officer, now)
    assert shown["drafts"] == ["Entwurf"]
    assert shown["returned"] == ["Zurück"]
    assert shown["review"] == ["Liegt dort"]
    assert not {"waiting", "parked", "alone"} & shown.keys()
    client.force_login(officer)
    page = html(client)
    assert "Bitte &lt;b&gt;prüfen&lt;/b&gt;" in page
    assert "Anderer Leute" not in page


def test_an_empty_dashboard_says_what_to_do(client):
    client.force_login(make.officer())

    page = html(client)

    assert "Sie haben keine Entwürfe." in page
    assert "Nicht veröffentlicht" not in page  # no alarm without cause


def test_wagtail_s_panels_do_not_say_it_again(client):
    editor = make.editor()
    make.submit(make.release(title="Nur einmal"), by=make.officer())
    client.force_login(editor)

    assert html(client).count(">Nur einmal<") == 1


def test_overdue_and_handed_over_is_shown(now):
    editor, other = make.editor(), make.editor(first_name="Eva", last_name="Rot")
    make.submit(make.release(), by=make.officer())
    assign(review=Review.objects.get(), to=other, user=editor, now=now)

    [section] = [s for s in dashboard(editor, now=now + timedelta(days=2)) if s.key == "waiting"]

    assert "Liegt bei Eva Rot" in section.lines[0].facts
    assert section.lines[0].moment.is_over
    assert section.lines[0].moment.label == "War fällig"


def test_an_emergency_release_stands_in_red(now, settings):
    settings.EMERGENCY_RELEASE = True
    editor = make.editor()
    page = make.release(title="Sturm")
    page.save_revision(user=editor)
    make.release_alone(page, by=editor, now=now)

    [section] = [s for s in dashboard(make.editor(), now=now) if s.key == "alone"]

    assert section.is_alarm
    assert section.lines[0].title == "Sturm"


@pytest.fixture
def notice(now):
    """Return a notice that waits, at the address of a page that was taken back."""
    page = make.publish(make.release(title="Zurückgenommen"))
    approval.retract(page=page, user=make.editor(), reason="intern", now=now)
    return approval.propose_notice(
        page=page, text="Die Zahlen waren <b>falsch</b>.", user=make.editor(), now=now
    )


def test_a_notice_that_waits_leads_to_its_decision(client, notice):
    client.force_login(make.editor())
    address = reverse("approval_decide-notice", args=[notice.page_id])

    home = html(client)

    assert f'href="{address}"' in home
    assert "waren &lt;b&gt;falsch&lt;/b&gt;" in home
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("account", [make.editor, make.officer, make.translator, make.superuser])
def test_the_list_of_notices_says_what_the_page_says(notice, now, account):
    for user in (account(), notice.proposed_by):
        page = notice.page.specific
        may = DecideNoticeView.is_offered(user=user, page=page, now=now)
        assert list(selectors.notices_for(user)) == [notice] * may


def test_a_decided_notice_waits_no_more(notice, now):
    editor = make.editor()
    assert lines(editor, now)["waiting"] == ["Zurückgenommen"]

    approval.decide_notice(notice=notice, user=editor, is_approved=True, now=now)

    assert lines(editor, now)["waiting"] == []


def test_the_dashboard_asks_few_questions_however_long_the_lists(now):
    officer, editor = make.officer(), make.editor()

    def fill():
        make.submit(make.release(owner=officer), by=officer)
        make.publish(make.release(owner=officer, go_live_at=now + timedelta(hours=1)), by=officer)
        make.publish(make.release(owner=officer), by=officer)
        returned = make.submit(make.release(owner=officer), by=officer)
        make.decide(returned, by=make.editor(), action="reject")
        make.release(owner=officer).save_revision(user=officer)

    def queries(user):
        user = type(user).objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as asked:
            dashboard(user, now=now)
        return len(asked)

    fill()
    queries(editor)  # what stays the same is remembered from now on
    few = queries(editor), queries(officer)
    for _ in range(3):
        fill()
    assert (queries(editor), queries(officer)) == few
    assert max(few) <= 20


def test_the_page_under_review_offers_what_readers_will_see(client, frozen):
    editor = make.editor()
    page = make.publish(make.release(title="Alte Fassung"))
    frozen.shift(60)
    page.title = "Neue Fassung"
    make.submit(page, by=make.officer())
    step = type(page).objects.get(pk=page.pk).current_workflow_task_state
    client.force_login(editor)

    edit = html(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    preview = reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, step.task_id])
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, "live", step.revision_id]
    )
    arrange = reverse("desk_review", args=[step.pk])
    assert "Dieser Text wartet auf Ihre Entscheidung." in edit
    for address in (preview, compare, arrange):
        assert edit.count(address) >= 2  # above the form, and in the menu of the page
        answer = client.get(address)
        assert answer.status_code == 200
    assert "Neue Fassung" in html(client, preview)
    assert {"Alte", "Neue"} <= set(re.findall(r"\w+", html(client, compare)))


def told(answer):
    """Return what is said above a page of the admin."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_nothing_is_returned_without_a_word(client):
    page = make.submit(make.release(), by=make.officer())
    step = type(page).objects.get(pk=page.pk).current_workflow_task_state
    client.force_login(make.editor())
    for name in ("workflow_action", "collect_workflow_action_data"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, "reject", step.pk])

        answer = client.post(address, {"comment": " "}, headers=IN_DIALOGUE)

        assert answer.json()["step"] == "action"  # the dialogue again
        step.refresh_from_db()
        assert step.status == "in_progress"

    answer = client.post(address, {"comment": "Wo?"}, headers=IN_DIALOGUE)
    assert answer.json() == {"step": "success", "cleaned_data": {"comment": "Wo?"}}


def test_who_opens_a_returned_text_reads_why(client):
    officer, editor = make.officer(), make.editor(first_name="Eva", last_name="Rot")
    page = make.submit(make.release(owner=officer), by=officer)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.force_login(officer)
    assert not any("Eva Rot" in text for text in told(client.get(edit)))
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, editor, "reject", comment="Bitte <b>prüfen</b>")

    [text] = [text for text in told(client.get(edit)) if "Eva Rot" in text]
    assert "Bitte &lt;b&gt;prüfen&lt;/b&gt;" in text

    page.get_latest_revision_as_object().save_revision(user=officer)
    page.current_workflow_state.resume(officer)
    assert not any("Eva Rot" in text for text in told(client.get(edit)))


def test_the_decision_is_the_big_button_and_asks_first(client):
    page = make.submit(make.release(), by=make.officer())
    client.force_login(make.editor())

    edit = html(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))

    buttons = re.findall(r'data-workflow-action-(?:name="(\w+)"|modal-url="([^"]+)")', edit)
    assert [name for name, _url in buttons if name] == ["approve", "reject"]
    assert len([url for _name, url in buttons if url]) == 2
    assert edit.index('data-workflow-action-name="reject"') < edit.index("action-save")


def test_the_next_step_of_a_review_is_named(now):
    page = make.release()
    second = FourEyesTask.objects.create(name="Leitung")
    second.groups.add(Group.objects.get(name=EDITOR.group))
    WorkflowTask.objects.create(workflow=page.get_workflow(), task=second, sort_order=1)
    make.submit(page, by=make.officer())
    editor = make.editor()
    page = make.decide(page, by=editor)

    with translation.override("en"):
        text = outcome(page=page, user=editor, action="approve", now=now)
        assert "the next step is: Leitung" in text
        assert outcome(page=page, user=make.editor(), action="approve", now=now) == ""
        assert outcome(page=page, user=editor, action="reject", now=now) == ""


def test_an_approved_translation_waits_for_its_original(now):
    editor = make.editor()
    english = make.translation(make.release(), "en", by=make.translator(), title="Waits")
    english = make.publish(english, approved_by=editor)

    with translation.override("en"):
        text = outcome(page=english, user=editor, action="approve", now=now)
    assert "“Waits” is approved; it becomes public with its original" in text


def test_without_a_public_version_there_is_no_difference(client):
    page = make.submit(make.release(), by=make.officer())
    client.force_login(make.editor())

    edit = html(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "/revisions/compare/live..." not in edit
    assert "/workflow/preview/" in edit


def test_who_cannot_decide_is_offered_nothing(client):
    officer = make.officer()
    page = make.submit(make.release(owner=officer), by=officer)
    client.force_login(officer)

    edit = html(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "/workflow/preview/" not in edit
    assert "/desk/reviews/" not in edit


def test_an_editor_sets_due_date_and_person(client, now):
    editor, other = make.editor(), make.editor()
    author = make.editor(first_name="Mit", last_name="Anteil")
    page = make.release()
    page.save_revision(user=author)
    make.submit(page, by=make.officer())
    review = Review.objects.get()
    address = reverse("desk_review", args=[review.pk])
    client.force_login(editor)
    assert "Mit Anteil" not in html(client, address)

    answer = client.post(address, {"due_at": "2026-11-25 09:00", "assigned_to": other.pk})

    assert answer.status_code == 302
    review.refresh_from_db()
    assert review.due_at.isoformat() == "2026-11-25T08:00:00+00:00"
    assert review.assigned_to == other


@pytest.mark.parametrize(
    "data",
    [
        {"due_at": ""},
        {"due_at": "2020-01-01 00:00"},
        {"due_at": "2026-02-31 99:99"},
        {"due_at": "\x00"},
        {"due_at": "9" * 1000},
        {"due_at": "2026-11-25 09:00", "assigned_to": "2" * 30},
        {"due_at": "2026-11-25 09:00", "assigned_to": "\x00"},
    ],
)
def test_bad_input_is_an_error_of_its_field(client, data):
    make.submit(make.release(), by=make.officer())
    review = Review.objects.get()
    client.force_login(make.editor())

    answer = client.post(reverse("desk_review", args=[review.pk]), data)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Review.objects.get().due_at == review.due_at


@pytest.mark.parametrize("account", [make.officer, make.translator, make.superuser])
def test_others_do_not_reach_the_review(client, account):
    page = make.submit(make.release(title="Geheim"), by=make.officer())
    address = reverse("desk_review", args=[page.current_workflow_task_state.pk])
    client.force_login(account())

    for answer in (client.get(address), client.post(address, {"due_at": "2026-11-25 09:00"})):
        assert answer.status_code in {302, 403}
        assert "Geheim" not in answer.content.decode()


def test_an_unknown_review_is_not_found(client):
    client.force_login(make.editor())

    assert client.get(reverse("desk_review", args=[2**62])).status_code == 404


def account_form(user, **fields):
    """Return what the form of the account settings posts."""
    return {
        "name_email-first_name": "Eva",
        "name_email-last_name": "Rot",
        "name_email-email": user.email,
        "notifications-submitted_notifications": "on",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        **{f"deputy-{name}": value for name, value in fields.items()},
    }


def test_a_deputy_is_named_in_the_account(client, now):
    editor, other = make.editor(), make.editor(first_name="Anna", last_name="Blau")
    make.officer(first_name="Nicht", last_name="Dabei")
    client.force_login(editor)
    account = html(client, reverse("wagtailadmin_account"))
    assert "Anna Blau" in account
    assert "Nicht Dabei" not in account

    today = timezone.localtime(now).date()
    answer = client.post(
        reverse("wagtailadmin_account"),
        account_form(editor, deputy=other.pk, from_date=str(today), until_date=str(today)),
    )

    assert answer.status_code == 302
    assert Deputy.objects.get().deputy == other


def test_a_deputy_without_days_is_an_error_of_the_field(client):
    editor, other = make.editor(), make.editor()
    client.force_login(editor)

    answer = client.post(reverse("wagtailadmin_account"), account_form(editor, deputy=other.pk))

    assert answer.status_code == 200
    assert "von welchem Tag" in answer.content.decode()
    assert not Deputy.objects.exists()
