"""`waiting_for` asks of all pages at once what `rules.objection` asks of one: they never differ."""

from contextlib import suppress

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowPage, WorkflowTask

from cms.accounts.roles import EDITOR
from cms.pages.gate import RefusedError
from newsroom.approval import rules
from newsroom.approval.models import FourEyesTask
from newsroom.desk import selectors
from tests import factories as make
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
ACTS = ("write", "overwrite", "submit", "approve", "approve", "reject", "cancel", "leave", "return")
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 1), st.integers(0, 4), st.booleans()),
    max_size=14,
)


@pytest.fixture
def desks(house):
    """Return two releases, the second of which needs two steps, and the people around them."""
    with time_machine.travel(NOW, tick=False):
        pages = [make.release(), make.release()]
        for page in pages:
            page.save_revision(user=make.officer())
        second = FourEyesTask.objects.create(name="Leitung")
        second.groups.add(Group.objects.get(name=EDITOR.group))
        workflow = pages[1].get_workflow()
        own = type(workflow).objects.create(name="Mit Leitung")
        for order, task in enumerate([*workflow.tasks, second]):
            WorkflowTask.objects.create(workflow=own, task=task, sort_order=order)
        WorkflowPage.objects.create(workflow=own, page=pages[1].issuing_member)
        people = [make.officer(), make.editor(), make.editor(), make.editor(), make.superuser()]
        yield pages, people


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(history=acts)
@example(history=[("submit", 1, 0, True), ("approve", 1, 1, True)])
@example(history=[("write", 0, 1, True), ("submit", 0, 0, True)])
@example(history=[("overwrite", 0, 2, True), ("submit", 0, 0, True)])
@example(history=[("submit", 0, 3, True)])
@example(history=[("submit", 0, 0, True), ("approve", 0, 1, True), ("submit", 0, 0, True)])
def test_the_list_and_the_rule_agree_whatever_has_happened(desks, history):
    pages, people = desks
    with transaction.atomic(), time_machine.travel(NOW, tick=False) as time:
        for act, page, person, passes in history:
            with suppress(RefusedError), transaction.atomic():
                carry_out(act, stored(pages[page]), people[person])
            time.shift(int(passes))
        for user in people:
            user.refresh_from_db()
            listed = {step.page_id for step in selectors.waiting_for(user)}
            assert listed == {page.pk for page in map(stored, pages) if may_decide(page, user)}
        transaction.set_rollback(True)


def stored(page):
    return Page.objects.get(pk=page.pk).specific


def may_decide(page, user):
    state = page.current_workflow_task_state
    return (
        state is not None
        and state.status == TaskState.STATUS_IN_PROGRESS
        and not rules.objection(task=state.task.specific, page=page, user=user)
    )


def carry_out(act, page, user):
    state = page.current_workflow_state
    match act:
        case "write":
            page.get_latest_revision_as_object().save_revision(user=user, clean=False)
        case "overwrite":
            PageLogEntry.objects.log_action(page, "wagtail.edit", user=user)
        case "submit" if state is None:
            latest = page.get_latest_revision_as_object()
            latest.change_kind, latest.change_note = "update", "Neue Fassung"
            latest.save_revision(user=None, clean=False)
            page = stored(page)
            page.get_workflow().start(page, user)
        case "approve" | "reject" if state and (step := page.current_workflow_task_state):
            step.task.specific.on_action(step, user, act)
        case "cancel" if state:
            state.cancel(user=user)
        case "leave" | "return":
            user.is_active = act == "return"
            user.save(update_fields=["is_active"])
