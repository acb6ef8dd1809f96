"""Who works in which member's house."""

import pytest

from newsroom.members.models import MemberPage
from newsroom.members.selectors import houses_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_editor_works_in_all_houses_and_a_translator_in_no_german_one():
    member = factories.member()
    pages = MemberPage.objects.all()
    assert list(houses_of(factories.editor(), pages)) == [member]
    assert not houses_of(factories.translator(), pages).exists()
