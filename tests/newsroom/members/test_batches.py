"""The list of imports in the admin."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from newsroom.approval.models import FourEyesTask
from newsroom.members import batches
from newsroom.members.models import Batch, BatchItem
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    """Return somebody who decides about the texts of one house alone."""
    member = make.publish(make.member(title="Haus A"))
    leadership = Group.objects.create(name="Leitung von Haus A")
    FourEyesTask.objects.create(name="Leitung").groups.add(leadership)
    account = make.user()
    account.groups.add(leadership, make.house_of(member).group)
    account.member = member
    return account


def batch_of(*pages, now):
    batch = Batch.objects.create(name="Angebote.xlsx", created_at=now)
    BatchItem.objects.bulk_create(BatchItem(batch=batch, page_id=page.pk) for page in pages)
    return batch


def test_who_decides_for_one_house_reads_no_drafts_of_the_others(client, leader, now):
    own = make.offer(leader.member, title="Eigenes Angebot")
    secret = make.offer(make.member(), title="Fremdes Angebot")
    shared, strange = batch_of(own, secret, now=now), batch_of(secret, now=now)
    client.force_login(leader)

    listed = client.get(reverse("member_batches")).content.decode()
    assert str(shared) in listed
    assert str(strange) not in listed
    shown = client.get(reverse("member_batch", args=[shared.pk])).content.decode()
    assert own.title in shown
    assert secret.title not in shown
    for name, ask in (("member_batch", client.get), ("member_batch_approve", client.post)):
        assert ask(reverse(name, args=[strange.pk])).status_code == 404


def test_editors_read_all_of_a_batch(client, now):
    secret = make.offer(make.member(), title="Fremdes Angebot")
    batch = batch_of(secret, now=now)
    client.force_login(make.editor())

    assert secret.title in client.get(reverse("member_batch", args=[batch.pk])).content.decode()


@pytest.fixture
def filled(house, now):
    """Return a batch of five offers that wait for somebody else than who imported them."""
    member, importer = make.publish(make.member()), make.officer()
    pages = [make.submit(make.offer(member), by=importer) for _ in range(5)]
    return batch_of(*pages, now=now)


def go_on(client, batch, answer=None):
    """Press the button of the page that is shown."""
    shown = answer or client.get(reverse("member_batch", args=[batch.pk]))
    fields = {name: shown.context["form"][name].value() for name in ("after", "newest")}
    url = reverse("member_batch_approve", args=[batch.pk])
    return client.post(url, fields, follow=True)


def live(batch):
    return [item.page.live for item in batch.items.order_by("pk")]


def test_some_are_approved_by_each_request_and_the_page_says_how_many_wait(
    client, filled, frozen, monkeypatch
):
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    client.force_login(make.editor())

    answer = go_on(client, filled)
    assert live(filled) == [True, True, False, False, False]
    assert (answer.context["waiting"], answer.context["total"]) == (3, 5)
    answer = go_on(client, filled, answer)
    answer = go_on(client, filled, answer)

    assert all(live(filled))
    assert answer.context["waiting"] == 0
    assert "member_batch_approve" not in answer.content.decode()


def test_what_is_refused_keeps_nothing_from_its_turn(client, filled, frozen, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    editor = make.editor()
    for item in filled.items.order_by("pk")[:2]:  # the editor had a part in the first two
        page = item.page.specific
        page.current_workflow_state.cancel(user=editor)
        make.submit(page, by=editor)
    client.force_login(editor)

    answer = go_on(client, filled)
    assert not any(live(filled))
    answer = go_on(client, filled, answer)
    answer = go_on(client, filled, answer)

    assert live(filled) == [False, False, True, True, True]
    assert answer.context["waiting"] == 2
    assert "?after" not in answer.request["QUERY_STRING"]


def test_what_was_submitted_after_somebody_looked_is_not_approved(client, filled, frozen):
    client.force_login(make.editor())
    shown = client.get(reverse("member_batch", args=[filled.pk]))
    page, other = filled.items.first().page.specific, make.officer()
    page.current_workflow_state.cancel(user=other)
    page.title = "Untergeschoben"
    make.submit(page, by=other)

    answer = go_on(client, filled, shown)

    assert live(filled) == [False, True, True, True, True]
    assert answer.context["waiting"] == 1


@pytest.mark.parametrize("value", ["x", "-1", str(2**63), "1" * 5000, "\0"])
def test_a_forged_form_approves_nothing(client, filled, value):
    client.force_login(make.editor())
    url = reverse("member_batch_approve", args=[filled.pk])
    assert client.post(url, {"after": value}).status_code in (302, 400)
    assert client.get(reverse("member_batch", args=[filled.pk]), {"after": value}).status_code in (
        200, 400,
    )  # fmt: skip
    assert not any(live(filled))
