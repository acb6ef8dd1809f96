"""The list of imports in the admin."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from newsroom.approval.models import FourEyesTask
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
