"""Who is told what, when: those who can act, each once, and nobody else."""

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import transaction
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from cms.mail.models import Mail
from cms.mail.worker import send_due
from newsroom.approval import services as approval
from newsroom.approval.models import Receipt
from newsroom.approval.worker import publish_due
from newsroom.desk import letters
from newsroom.desk.announcing import announce_due
from newsroom.desk.models import Announcement
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def told(subject):
    """Return the addresses of the letters whose subject begins so, without their domain."""
    mails = Mail.objects.filter(subject__startswith=subject)
    return sorted(mail.to.partition("@")[0] for mail in mails)


def test_only_those_who_can_decide_are_told_of_a_submission():
    officer = make.officer(username="officer")
    make.officer(), make.translator(), make.superuser()
    make.editor(username="first"), make.editor(username="second")
    wrote = make.editor(username="wrote")
    make.editor(username="left", is_active=False)
    page = make.release(title="Neue Räume")
    page.save_revision(user=wrote)

    make.submit(page, by=officer)

    assert told("Wartet auf Sie: Neue Räume") == ["first", "second"]
    assert Mail.objects.count() == 2
    letter = Mail.objects.first()
    assert f"/admin/pages/{page.pk}/edit/" in letter.body
    assert page.lead not in letter.body
    assert "Dieser Text" not in letter.body
    assert not django_mail.outbox  # nothing past the outbox, and nothing of Wagtail's own


def test_an_account_without_the_admin_is_not_told():
    account = make.editor(username="bare")
    group = account.groups.get()
    group.permissions.clear()

    make.submit(make.release(), by=make.officer())

    assert told("Wartet") == []


def test_each_step_and_each_new_submission_is_told_once():
    officer, editor = make.officer(), make.editor(username="editor")
    page = make.submit(make.release(), by=officer)
    make.decide(page, by=editor, action="reject")
    page = type(page).objects.get(pk=page.pk)
    page.save_revision(user=officer)
    page.current_workflow_state.resume(user=officer)

    assert told("Wartet") == ["editor", "editor"]


def test_what_is_undone_is_told_nobody():
    make.editor()
    page = make.release()
    with transaction.atomic():
        make.submit(page, by=make.officer())
        transaction.set_rollback(True)

    assert not Mail.objects.exists()


def test_the_authors_are_told_of_a_return_with_the_comment():
    wrote = make.translator(username="wrote")
    officer = make.officer(username="officer")
    page = make.release(owner=officer)
    allow(wrote, page)
    page.save_revision(user=wrote)
    make.submit(page, by=officer)
    editor = make.editor(username="editor", first_name="Eva", last_name="Rot")
    state = page.current_workflow_task_state

    state.task.specific.on_action(state, editor, "reject", comment="Bitte die Zahl\nprüfen.")

    assert told("Zurückgegeben") == ["officer", "wrote"]
    letter = Mail.objects.get(to="officer@example.org", subject__startswith="Zurück")
    assert "Bitte die Zahl\nprüfen." in letter.body
    assert "Eva Rot" in letter.body


def allow(user, page):
    """Let `user` edit `page` by a group of their own."""
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name=f"Haus {user.pk}")
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=page.page_ptr, permission=change)
    user.groups.add(group)
    return group


def test_who_may_not_open_the_page_any_more_is_told_nothing():
    wrote = make.translator(username="wrote")
    page = make.release()
    group = allow(wrote, page)
    page.save_revision(user=wrote)
    page = make.submit(page, by=make.officer(username="officer"))
    group.delete()

    make.decide(page, by=make.editor(), action="reject")

    # The officer submitted what somebody else owns: they cannot open it either.
    assert told("Zurückgegeben") == []


def test_the_authors_are_told_once_when_an_approved_text_is_public_at_once(now):
    officer = make.officer(username="officer")
    page = make.publish(make.release(owner=officer, title="Neue Räume"), by=officer)

    assert announce_due(now=now) == 1
    assert announce_due(now=now) == 0
    assert told("Öffentlich: Neue Räume") == ["officer"]
    assert told("Freigegeben") == []
    assert page.get_url_parts()[2] in Mail.objects.get(subject__startswith="Öffentlich").body


def test_a_scheduled_text_is_told_at_the_approval_and_at_its_hour(now, frozen):
    officer = make.officer(username="officer")
    hour = now + timedelta(hours=3)
    make.publish(make.release(owner=officer, go_live_at=hour), by=officer)

    assert told("Freigegeben") == ["officer"]
    assert told("Öffentlich") == []
    assert "23. November 2026 13:00" in Mail.objects.get(subject__startswith="Freigegeben").body

    frozen.move_to(hour, tick=False)
    publish_due(now=hour)
    publish_due(now=hour)
    announce_due(now=hour)
    announce_due(now=hour)
    assert told("Öffentlich") == ["officer"]


def test_what_was_taken_back_meanwhile_is_not_announced(now):
    officer = make.officer(username="officer")
    page = make.publish(make.release(owner=officer), by=officer)
    approval.retract(page=page, user=make.editor(), reason="", now=now)

    announce_due(now=now)
    assert told("Öffentlich") == []
    assert not Announcement.objects.exists()


def test_a_failing_announcement_is_tried_again_and_holds_up_no_other(now, monkeypatch):
    officer = make.officer(username="officer")
    for title in ("Fehlerfall", "Neue Räume"):
        make.publish(make.release(owner=officer, title=title), by=officer)

    def fail(*, title, link):
        if title == "Fehlerfall":
            raise RuntimeError
        return live(title=title, link=link)

    live = letters.live
    monkeypatch.setattr(letters, "live", fail)
    assert announce_due(now=now) == 1
    assert told("Öffentlich") == ["officer"]
    monkeypatch.undo()
    assert announce_due(now=now) == 0  # not at once
    assert announce_due(now=now + timedelta(minutes=1)) == 1
    assert told("Öffentlich") == ["officer", "officer"]


def test_parking_is_told_to_editors_and_authors_each_once(now):
    officer, editor = make.officer(username="officer"), make.editor(username="editor")
    page = make.publish(
        make.release(owner=officer, go_live_at=now + timedelta(hours=1)),
        by=officer,
        approved_by=editor,
    )
    receipt = Receipt.objects.get(page=page)

    approval.park(receipt=receipt, error=RuntimeError("Platte voll"), now=now)

    assert told("NICHT VERÖFFENTLICHT") == ["editor", "officer"]
    assert "Platte voll" in Mail.objects.filter(subject__startswith="NICHT").first().body


def test_an_emergency_release_is_told_to_all_editors(now, settings):
    settings.EMERGENCY_RELEASE = True
    alone = make.editor(username="alone")
    make.editor(username="other")
    page = make.release()
    page.save_revision(user=alone)

    make.release_alone(page, by=alone, now=now, reason="Sturmwarnung")

    assert told("NOTVERÖFFENTLICHUNG") == ["alone", "other"]
    assert "Sturmwarnung" in Mail.objects.filter(subject__startswith="NOT").first().body

    approval.lapse(receipt=Receipt.objects.get(page=page), now=now + timedelta(days=2))
    assert told("Offline genommen") == ["alone", "other"]


def test_structural_pages_are_told_to_nobody(house):
    assert not Mail.objects.exists()


def test_a_letter_is_written_in_the_language_of_its_reader():
    german, english = make.editor(username="german"), make.editor(username="english")
    UserProfile.objects.create(user=english, preferred_language="en")
    UserProfile.objects.create(user=german)
    from django.utils import translation

    with translation.override("en"):  # whoever submits works in English
        make.submit(make.release(title="Neue Räume"), by=make.officer())

    assert told("Wartet auf Sie") == ["german"]
    assert told("Waits for you") == ["english"]


def test_who_switched_notifications_off_gets_none_but_the_alarms(now):
    officer, editor = make.officer(username="officer"), make.editor(username="quiet")
    UserProfile.objects.create(user=editor, submitted_notifications=False)
    other = make.editor(username="other")
    page = make.release(owner=officer, go_live_at=now + timedelta(hours=1))
    make.publish(page, by=officer, approved_by=other)
    approval.park(receipt=Receipt.objects.get(page=page), error=RuntimeError(), now=now)

    assert told("Wartet") == ["other"]
    assert "quiet" in told("NICHT VERÖFFENTLICHT")


@pytest.mark.parametrize("title", ["Titel\r\nBcc: x@example.org", "A\x0b\u2028B", "x" * 255])
def test_a_hostile_title_adds_no_header_and_stops_no_letter(title, now):
    make.editor()
    page = make.release()
    page.title = title
    make.submit(page, by=make.officer())

    assert send_due(now=now) == 1
    headers = django_mail.outbox[0].message()
    assert headers["Bcc"] is None
    assert len(django_mail.outbox[0].subject.splitlines()) == 1
