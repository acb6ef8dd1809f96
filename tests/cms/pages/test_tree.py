"""Paths say where pages stand."""

import pytest
from django.db.models import Subquery
from wagtail.models import Page

from cms.pages.tree import line_of, outer_path_at, parent_path
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_line_of_a_page_is_its_ancestors_and_itself(house):
    page = factories.offer(factories.member())
    above = [each.path for each in page.get_ancestors()]
    assert line_of(page.path) == [*above, page.path]
    assert parent_path(page.path) == page.get_parent().path
    assert line_of(above[0]) == above[:1]
    assert parent_path(above[0]) == ""


def test_the_database_reads_the_page_of_a_depth_from_the_path(house):
    member = factories.member()
    offer = factories.offer(member)
    at_depth = Page.objects.filter(path=outer_path_at(member.depth)).values("pk")
    found = Page.objects.annotate(at_depth=Subquery(at_depth)).values_list("at_depth", flat=True)
    assert found.get(pk=offer.pk) == found.get(pk=member.pk) == member.pk
    assert found.get(pk=member.get_parent().pk) == member.get_parent().pk
