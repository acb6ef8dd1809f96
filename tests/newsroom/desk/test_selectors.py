"""What waits for whom; the list and the rule agree."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageLogEntry, WorkflowTask

from cms.accounts.roles import EDITOR
from newsroom.approval import rules
from newsroom.approval.models import FourEyesTask
from newsroom.desk import selectors
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def stored(page):
    return type(page).objects.get(pk=page.pk)


def no_part(editor, frozen):
    return make.submit(make.release(), by=make.officer())


def wrote(editor, frozen):
    page = make.release()
    page.save_revision(user=editor)
    return make.submit(page, by=make.officer())


def wrote_by_autosave(editor, frozen):
    page = make.submit(make.release(), by=make.officer())
    PageLogEntry.objects.log_action(page, "wagtail.edit", user=editor)
    return page


def submitted(editor, frozen):
    page = make.release()
    page.save_revision(user=make.officer())
    page.get_workflow().start(page, editor)
    return page


def wrote_before_the_public_version(editor, frozen):
    page = make.publish(make.release(), by=editor)
    frozen.shift(60)
    page.title = "Neue Fassung"
    return make.submit(page, by=make.officer())


def wrote_since_the_public_version(editor, frozen):
    page = make.publish(make.release())
    frozen.shift(60)
    page.title = "Neue Fassung"
    page.save_revision(user=editor)
    return make.submit(page, by=make.officer())


def approved_an_earlier_step(editor, frozen):
    page = make.release()
    second = FourEyesTask.objects.create(name="Leitung")
    second.groups.add(Group.objects.get(name=EDITOR.group))
    WorkflowTask.objects.create(workflow=page.get_workflow(), task=second, sort_order=1)
    make.submit(page, by=make.officer())
    return make.decide(page, by=editor)


def left(editor, frozen):
    editor.is_active = False
    editor.save()
    return make.submit(make.release(), by=make.officer())


def belongs_to_another_group(editor, frozen):
    editor.groups.clear()
    editor.is_superuser = True
    editor.save()
    return make.submit(make.release(), by=make.officer())


@pytest.mark.parametrize(
    ("history", "may"),
    [
        (no_part, True),
        (wrote, False),
        (wrote_by_autosave, False),
        (submitted, False),
        (wrote_before_the_public_version, True),
        (wrote_since_the_public_version, False),
        (approved_an_earlier_step, False),
        (left, False),
        (belongs_to_another_group, False),
    ],
)
def test_the_list_says_what_the_rule_says(frozen, history, may):
    editor = make.editor()
    page = stored(history(editor, frozen))
    task = page.current_workflow_task

    objection = rules.objection(task=task, page=page, user=editor)
    listed = [step.page_id for step in selectors.waiting_for(editor)]

    assert (not objection) == may
    assert (page.pk in listed) == may


def test_what_was_decided_waits_no_more():
    editor = make.editor()
    make.publish(make.release())
    page = make.submit(make.release(), by=make.officer())
    make.decide(page, by=make.editor(), action="reject")

    assert not selectors.waiting_for(editor)


def test_an_officer_sees_their_own_texts_alone():
    mine, other = make.officer(), make.officer()
    draft = make.release(owner=mine)
    draft.save_revision(user=mine)
    under_review = make.submit(make.release(owner=mine), by=mine)
    returned = make.submit(make.release(owner=mine), by=mine)
    make.decide(returned, by=make.editor(), action="reject")

    assert list(selectors.drafts_of(mine)) == [Page.objects.get(pk=draft.pk)]
    assert [step.page_id for step in selectors.under_review(mine)] == [under_review.pk]
    assert [step.page_id for step in selectors.returned_to(mine)] == [returned.pk]
    for read in (selectors.drafts_of, selectors.under_review, selectors.returned_to):
        assert not read(other)


def test_scheduled_parked_and_public_are_shown_to_those_who_may_edit(now):
    mine, other, editor = make.officer(), make.officer(), make.editor()
    hour = now + timedelta(hours=1)
    scheduled = make.publish(make.release(owner=mine, go_live_at=hour), by=mine)
    live = make.publish(make.release(owner=mine), by=mine)

    for who in (mine, editor):
        assert [receipt.page_id for receipt in selectors.scheduled(who)] == [scheduled.pk]
        assert live.pk in [receipt.page_id for receipt in selectors.recently_live(who, now=now)]
    assert not selectors.scheduled(other)
    assert not selectors.recently_live(other, now=now)
    selectors.scheduled(editor).update(state="parked")
    assert [receipt.page_id for receipt in selectors.parked(editor)] == [scheduled.pk]
    assert not selectors.parked(other)


def test_a_draft_under_review_or_scheduled_is_no_draft_any_more(now):
    mine = make.officer()
    make.submit(make.release(owner=mine), by=mine)
    make.publish(make.release(owner=mine, go_live_at=now + timedelta(hours=1)), by=mine)

    assert not selectors.drafts_of(mine)
