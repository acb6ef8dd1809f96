"""A member may want a second step, legal or leadership, before its releases are published."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from cms.pages.gate import NotApprovedError, RefusedError
from newsroom.approval.models import FourEyesTask, Receipt
from newsroom.approval.selectors import is_public
from newsroom.members.models import MemberPage
from newsroom.releases.models import PressReleasePage
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict():
    """Return a member whose leadership approves too."""
    member = make.publish(make.member())
    leadership = Group.objects.create(name="Leitung")
    task = FourEyesTask.objects.create(name="Freigabe durch die Leitung")
    task.groups.add(leadership)
    workflow = Workflow.objects.create(name="Freigabe mit Leitung")
    first = FourEyesTask.objects.get(name="Freigabe durch die Redaktion")
    for order, step in enumerate((first, task)):
        WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=order)
    WorkflowPage.objects.create(page=member.page_ptr, workflow=workflow)
    return MemberPage.objects.get(pk=member.pk)


@pytest.fixture
def leader():
    account = make.editor()
    account.groups.add(Group.objects.get_or_create(name="Leitung")[0])
    return account


def stored(page):
    return PressReleasePage.objects.get(pk=page.pk)


def test_both_steps_are_needed_wherever_the_release_stands(frozen, now, strict, leader):
    page = make.submit(make.release(issuing_member=strict), by=make.officer())

    make.decide(page, by=make.editor())
    assert not is_public(page, now=now)
    assert not Receipt.objects.filter(page=page).exists()

    make.decide(page, by=leader)
    assert is_public(page, now=now)


def test_nobody_takes_both_steps(frozen, now, strict, leader):
    page = make.submit(make.release(issuing_member=strict), by=make.officer())
    make.decide(page, by=leader)

    with pytest.raises(RefusedError):
        make.decide(page, by=leader)
    assert not is_public(page, now=now)


def test_another_issuer_does_not_spare_the_step_it_wants(frozen, now, strict):
    """The review began under the short workflow; the version asks for the long one."""
    officer = make.officer()
    page = make.submit(make.release(), by=officer)
    page.issuing_member = strict
    page.save_revision(user=officer, overwrite_revision=page.latest_revision)

    with pytest.raises((RefusedError, NotApprovedError)):
        make.decide(page, by=make.editor())
    assert not is_public(page, now=now)


def test_a_step_added_during_the_review_is_needed_too(frozen, now, strict):
    page = make.submit(make.release(issuing_member=strict), by=make.officer())
    WorkflowTask.objects.filter(task__name="Freigabe durch die Leitung").delete()
    make.decide(stored(page), by=make.editor())

    assert is_public(page, now=now)  # the operator took the step away: nothing else is needed
