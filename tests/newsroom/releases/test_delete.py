"""What other pages name is not deleted from under them, and saying so is no accident."""

import pytest
from django.urls import reverse

from newsroom.releases.models import PressReleasePage
from newsroom.releases.parts import RelatedRelease
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_release_that_another_one_names_is_not_deleted(client, house):
    named, page = make.release(), make.release()
    page.related_links = [RelatedRelease(release=named)]
    page.save()
    client.force_login(make.editor())
    client.raise_request_exception = False

    answer = client.post(reverse("wagtailadmin_pages:delete", args=[named.pk]))

    assert answer.status_code < 500
    assert PressReleasePage.objects.filter(pk=named.pk).exists()


def test_a_member_with_a_boilerplate_is_not_deleted(client, house):
    member = make.member()
    make.boilerplate(member)
    client.force_login(make.superuser())
    client.raise_request_exception = False

    answer = client.post(reverse("wagtailadmin_pages:delete", args=[member.pk]))

    assert answer.status_code < 500
    member.refresh_from_db()
