"""The built condition says what its parts say, wherever in a query it stands."""

from datetime import timedelta

import pytest
from django.db.models import Exists, F, OuterRef
from wagtail.models import Page

from newsroom.approval.models import Receipt
from newsroom.approval.selectors import public
from newsroom.approval.visibility import is_shown
from newsroom.releases.models import PressReleasePage
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def pages(frozen, now, house):
    """Return pages of every sort by what is special about them."""
    member = make.publish(make.member())
    ended = make.publish(make.member(expire_at=now + HOUR))
    source = make.publish(make.release(expire_at=now + HOUR))
    found = {
        "public": make.publish(make.release()),
        "draft": make.release(),
        "early": make.publish(make.release(go_live_at=now + 3 * HOUR)),
        "over": source,
        "translated": make.publish(
            make.translation(source, "en", by=make.translator(), title="Early"),
            by=make.translator(),
        ),
        "below": make.publish(make.offer(ended)),
        "offer": make.publish(make.offer(member)),
        "forced": make.release(),
    }
    Page.objects.filter(pk=found["forced"].pk).update(live=True)
    frozen.move_to(now + 2 * HOUR)
    return found


def test_only_what_is_approved_in_time_and_on_public_ground_is_public(pages, now):
    shown = set(public(now=now + 2 * HOUR).values_list("pk", flat=True))

    assert {name for name, page in pages.items() if page.pk in shown} == {"public", "offer"}


def test_the_moment_is_put_in_anew_each_time(pages, now):
    assert pages["over"].pk in public(now=now).values_list("pk", flat=True)
    assert pages["over"].pk not in public(now=now + HOUR).values_list("pk", flat=True)


def test_it_holds_for_kinds_of_pages_within_subqueries_and_turned_around(pages, now):
    moment = now + 2 * HOUR
    releases = set(public(PressReleasePage.objects.all(), now=moment))
    assert releases == {pages["public"]}

    receipts = Receipt.objects.filter(
        Exists(public(Page.objects.filter(pk=OuterRef("page_id")), now=moment))
    )
    assert set(receipts.values_list("page_id", flat=True)) == set(
        public(now=moment).values_list("pk", flat=True)
    )

    inner = public(Page.objects.filter(pk__in=public(now=moment).values("pk")), now=moment)
    assert set(inner) == set(public(now=moment))
    rest = Page.objects.exclude(pk__in=public(now=moment).values("pk"))
    assert not set(rest) & set(public(now=moment))
    combined = public(PressReleasePage.objects.filter(slug="x"), now=moment) | public(
        PressReleasePage.objects.all(), now=moment
    )
    assert set(combined) == releases


def test_it_is_not_looser_than_its_parts(pages, now):
    moment = now + 2 * HOUR
    parts = Page.objects.filter(is_shown(now=moment))

    assert not public(now=moment).exclude(pk__in=parts.values("pk")).exists()
    assert public(now=moment).annotate(same=F("pk")).filter(same=F("pk")).exists()
