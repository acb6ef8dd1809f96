"""Who works in which member's house."""

import pytest
from wagtail.models import Collection

from newsroom.members.models import MemberPage
from newsroom.members.selectors import houses_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_editor_works_in_all_houses_and_a_translator_in_no_german_one():
    member = factories.member()
    pages = MemberPage.objects.all()
    assert list(houses_of(factories.editor(), pages)) == [member]
    assert not houses_of(factories.translator(), pages).exists()


def test_after_new_names_there_is_still_a_place_for_another_house():
    """Collections stand in the order of their names; a new name alone does not move one."""
    first, *_others = [factories.publish(factories.member(title=name)) for name in "ABC"]
    first.title = "Z"
    factories.publish(first)
    Collection.objects.filter(name="B").update(name="Y")  # as Wagtail's own form does

    factories.member(title="M")

    collections = Collection.get_first_root_node().get_children()
    names = [each.name for each in collections if len(each.name) == 1]
    assert names == ["C", "M", "Y", "Z"]
    assert Collection.find_problems() == ([], [], [], [], [])
