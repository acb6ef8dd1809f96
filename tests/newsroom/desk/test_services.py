"""Due dates, hand-over and deputies: they arrange the work and give nobody a right."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.mail.models import Mail
from newsroom.approval.rules import SamePersonError
from newsroom.desk import services
from newsroom.desk.models import Deputy, Review
from newsroom.desk.worker import remind_due
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)


def under_review(**fields):
    """Return a submitted release and the desk's side of its review."""
    page = make.submit(make.release(**fields), by=make.officer())
    return page, Review.objects.get(task_state=page.current_workflow_task_state)


def told(subject):
    mails = Mail.objects.filter(subject__startswith=subject)
    return sorted(mail.to.partition("@")[0] for mail in mails)


def stand_in(user, deputy, now, days=(0, 3)):
    today = timezone.localtime(now).date()
    return Deputy.objects.create(
        user=user,
        deputy=deputy,
        from_date=today + days[0] * DAY,
        until_date=today + days[1] * DAY,
    )


@pytest.mark.parametrize(
    ("go_live_after", "due_after"),
    [(None, 24), (2, 2), (48, 24), (-1, 24)],
)
def test_a_review_is_due_in_a_day_or_before_the_hour(now, go_live_after, due_after):
    go_live_at = None if go_live_after is None else now + timedelta(hours=go_live_after)
    _page, review = under_review(go_live_at=go_live_at)

    assert review.due_at == now + timedelta(hours=due_after)


def test_the_hours_are_a_setting(now, settings):
    settings.REVIEW_DUE_HOURS = 4

    assert under_review()[1].due_at == now + timedelta(hours=4)


def test_an_overdue_review_is_reminded_of_once(now, frozen):
    make.editor(username="first"), make.editor(username="second")
    under_review()
    assert remind_due(now=now + DAY - timedelta(seconds=1)) == 0

    assert remind_due(now=now + DAY) == 1
    assert remind_due(now=now + DAY) == 0
    assert told("Überfällig") == ["first", "second"]


def test_a_new_due_date_is_reminded_of_again(now):
    editor = make.editor(username="editor")
    _page, review = under_review()
    remind_due(now=now + DAY)

    services.set_due(review=review, due_at=now + 3 * DAY, user=editor, now=now + DAY)

    assert remind_due(now=now + 2 * DAY) == 0
    assert remind_due(now=now + 3 * DAY) == 1
    assert told("Überfällig") == ["editor", "editor"]


def test_who_has_a_review_is_reminded_alone(now):
    first, second = make.editor(username="first"), make.editor(username="second")
    _page, review = under_review()
    services.assign(review=review, to=second, user=first, now=now)

    remind_due(now=now + DAY)

    assert told("Überfällig") == ["second"]


def test_what_is_decided_is_not_reminded_of(now):
    page, _review = under_review()
    make.decide(page, by=make.editor())

    assert remind_due(now=now + 2 * DAY) == 0


def test_two_workers_that_found_the_same_review_remind_once(now):
    make.editor()
    _page, review = under_review()
    also = Review.objects.get(pk=review.pk)

    assert services.remind(review=review, now=now + DAY)
    assert not services.remind(review=also, now=now + DAY)
    assert len(told("Überfällig")) == 1


@pytest.mark.parametrize("moment", [timedelta(), -DAY, timedelta(days=400)])
def test_a_due_date_lies_within_the_coming_year(now, moment):
    editor = make.editor()
    _page, review = under_review()

    with pytest.raises(ValidationError):
        services.set_due(review=review, due_at=now + moment, user=editor, now=now)


@pytest.mark.parametrize("account", [make.officer, make.translator, make.superuser])
def test_only_members_of_the_task_s_groups_arrange_a_review(now, account):
    who, editor = account(), make.editor()
    _page, review = under_review()

    with pytest.raises(PermissionDenied):
        services.set_due(review=review, due_at=now + DAY, user=who, now=now)
    with pytest.raises(PermissionDenied):
        services.assign(review=review, to=editor, user=who, now=now)
    assert Review.objects.get().assigned_to is None


def test_a_decided_review_is_arranged_no_more(now):
    editor = make.editor()
    page, review = under_review()
    make.decide(page, by=make.editor())

    with pytest.raises(PermissionDenied):
        services.assign(review=review, to=editor, user=editor, now=now)


def test_a_review_is_handed_over_and_told(now):
    first, second = make.editor(username="first"), make.editor(username="second")
    page, review = under_review()

    services.assign(review=review, to=second, user=first, now=now)

    assert Review.objects.get().assigned_to == second
    assert told("Übergeben") == ["second"]
    make.decide(page, by=first)  # others may still act


@pytest.mark.parametrize("who", ["author", "officer", "superuser", "left"])
def test_a_review_is_handed_only_to_people_who_can_decide(now, who):
    editor, author = make.editor(), make.editor()
    people = {
        "author": author,
        "officer": make.officer(),
        "superuser": make.superuser(),
        "left": make.editor(is_active=False),
    }
    page = make.release()
    page.save_revision(user=author)
    make.submit(page, by=make.officer())
    review = Review.objects.get()

    with pytest.raises(ValidationError):
        services.assign(review=review, to=people[who], user=editor, now=now)
    assert told("Übergeben") == []


def test_an_author_who_is_an_editor_may_hand_over_but_not_decide(now):
    author, other = make.editor(), make.editor(username="other")
    page = make.release()
    page.save_revision(user=author)
    make.submit(page, by=make.officer())

    services.assign(review=Review.objects.get(), to=other, user=author, now=now)

    assert told("Übergeben") == ["other"]
    with pytest.raises(SamePersonError):
        make.decide(page, by=author)


def test_the_deputy_is_told_of_a_hand_over_while_they_stand_in(now):
    away, deputy = make.editor(username="away"), make.editor(username="deputy")
    stand_in(away, deputy, now)
    page, review = under_review()

    services.assign(review=review, to=away, user=make.editor(), now=now)

    assert told("Übergeben") == ["away", "deputy"]
    make.decide(page, by=deputy)


@pytest.mark.parametrize("days", [(1, 3), (-3, -1)])
def test_before_and_after_their_days_a_deputy_is_told_nothing(now, days):
    away, deputy = make.editor(username="away"), make.editor(username="deputy")
    stand_in(away, deputy, now, days)
    _page, review = under_review()

    services.assign(review=review, to=away, user=make.editor(), now=now)

    assert told("Übergeben") == ["away"]


def test_a_deputy_with_a_part_in_the_text_is_told_nothing_and_decides_nothing(now):
    away, deputy = make.editor(username="away"), make.editor(username="deputy")
    stand_in(away, deputy, now)
    page = make.release()
    page.save_revision(user=deputy)
    make.submit(page, by=make.officer())

    services.assign(review=Review.objects.get(), to=away, user=make.editor(), now=now)

    assert told("Übergeben") == ["away"]
    with pytest.raises(SamePersonError):
        make.decide(page, by=deputy)


def test_an_author_s_deputy_is_told_only_of_pages_they_may_open(now):
    away = make.officer(username="away")
    stand_in(away, make.officer(username="deputy"), now)
    page = make.submit(make.release(owner=away), by=away)

    make.decide(page, by=make.editor(), action="reject")

    assert told("Zurückgegeben") == ["away"]  # the deputy cannot open what others own


def test_a_deputy_shares_a_group(now):
    editor, officer = make.editor(), make.officer()
    today = timezone.localtime(now).date()

    with pytest.raises(ValidationError) as error:
        services.name_deputy(
            user=editor, deputy=officer, from_date=today, until_date=today, now=now
        )
    assert "deputy" in error.value.message_dict


@pytest.mark.parametrize(("begin", "end"), [(0, -1), (2, 1), (None, 1), (0, None), (0, 500)])
def test_the_days_of_a_deputy_are_in_order(now, begin, end):
    editor, other = make.editor(), make.editor()
    today = timezone.localtime(now).date()
    days = [None if day is None else today + day * DAY for day in (begin, end)]

    with pytest.raises(ValidationError):
        services.name_deputy(
            user=editor, deputy=other, from_date=days[0], until_date=days[1], now=now
        )
    assert not Deputy.objects.exists()


def test_nobody_ends_a_deputy(now):
    editor, other = make.editor(), make.editor()
    stand_in(editor, other, now)

    services.name_deputy(user=editor, deputy=None, from_date=None, until_date=None, now=now)

    assert not Deputy.objects.exists()
