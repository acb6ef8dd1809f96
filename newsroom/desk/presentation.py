"""The dashboard as plain values."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _
from wagtail.models import Page

from newsroom.approval.views import DecideNoticeView
from newsroom.desk import people, selectors
from newsroom.desk.letters import moment
from newsroom.desk.post import name_of, title_of

LINES = 8  # of a section; whoever has more finds them in the page tree


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment to read, to count to (`iso`, UTC), and in words how far away it is."""

    label: str
    exact: str
    distance: str
    iso: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a section: what it is, what is to be said of it, when."""

    title: str
    language: str
    link: str
    facts: tuple[str, ...] = ()
    moment: Moment | None = None
    comment: str = ""
    desk_link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the dashboard. `advice` stands there while there are no lines."""

    key: str
    heading: str
    lines: tuple[Line, ...]
    advice: str
    has_more: bool = False
    is_alarm: bool = False


def dashboard(user: Any, *, now: datetime) -> list[Section]:
    """Return what `user` should know when they sit down to work, the urgent first."""
    is_editor = people.is_editor(user)
    sections = []
    if is_editor:
        sections += [
            _section(
                "parked",
                _("Not published"),
                selectors.parked(user),
                _parked,
                is_alarm=True,
            ),
            _section(
                "alone",
                _("Published by one person alone"),
                selectors.alone(user, now=now),
                lambda receipt: _alone(receipt, now),
                is_alarm=True,
            ),
            _decisions(user, now),
        ]
    sections += [
        _of_steps(
            "returned",
            _("Returned with comments"),
            selectors.returned_to(user),
            _returned,
            advice=_("No text has come back to you."),
        ),
        _section(
            "drafts",
            _("Your drafts"),
            selectors.drafts_of(user),
            _draft,
            advice=_(
                "You have no drafts. A press release begins in the menu with “New press release”, "
                "anything else under “Pages”."
            ),
        ),
        _of_steps(
            "review",
            _("Your texts under review"),
            selectors.under_review(user),
            lambda step, page: _under_review(step, page, now),
            advice=_(
                "Nothing of yours is under review. You submit a draft at the foot of its form."
            ),
        ),
        _section(
            "scheduled",
            _("Scheduled"),
            selectors.scheduled(user),
            lambda receipt: _scheduled(receipt, now),
            advice=_("Nothing waits for its hour."),
        ),
        _section(
            "live",
            _("Recently public"),
            selectors.recently_live(user, now=now),
            _live,
            advice=_("Nothing became public in the last fourteen days."),
        ),
    ]
    return [section for section in sections if section.lines or not section.is_alarm]


def _decisions(user: Any, now: datetime) -> Section:
    """Return what waits for the decision of `user`: public notices, then texts."""
    texts = _of_steps(
        "waiting",
        _("Waiting for you"),
        selectors.waiting_for(user),
        lambda step, page: _waiting(step, page, now),
        advice=_("Nothing waits for your decision."),
    )
    notices = _section(texts.key, texts.heading, selectors.notices_for(user), _notice)
    return replace(
        texts,
        lines=(*notices.lines, *texts.lines),
        has_more=notices.has_more or texts.has_more,
    )


def _of_steps(
    key: str,
    heading: str,
    steps: Any,
    line: Callable[[Any, Any], Line],
    *,
    advice: str,
) -> Section:
    """Return a section of steps of reviews, which know only the numbers of their pages."""
    shown = list(steps[: LINES + 1])
    ids = [step.page_id for step in shown]
    pages = Page.objects.select_related("locale").in_bulk(ids) if ids else {}
    known = [step for step in shown[:LINES] if step.page_id in pages]
    lines = tuple(line(step, pages[step.page_id]) for step in known)
    return Section(key, heading, lines, advice, has_more=len(shown) > LINES)


def _section(
    key: str,
    heading: str,
    rows: Any,
    line: Callable[[Any], Line],
    *,
    advice: str = "",
    is_alarm: bool = False,
) -> Section:
    shown = list(rows[: LINES + 1])
    lines = tuple(line(row) for row in shown[:LINES])
    return Section(key, heading, lines, advice, has_more=len(shown) > LINES, is_alarm=is_alarm)


def _line(page: Any, **more: Any) -> Line:
    return Line(
        title=title_of(page),
        language=page.locale.get_display_name(),
        link=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        **more,
    )


def _moment(label: str, at: datetime, now: datetime) -> Moment:
    is_over = at <= now
    distance = (
        _("%(time)s since then") % {"time": timesince(at, now)}
        if is_over
        else _("another %(time)s") % {"time": timeuntil(at, now)}
    )
    iso = at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="seconds")
    return Moment(label, moment(at), distance, iso, is_over)


def _parked(receipt: Any) -> Line:
    return _line(receipt.page, facts=(receipt.error,))


def _alone(receipt: Any, now: datetime) -> Line:
    return _line(
        receipt.page,
        facts=(_("Released by %(name)s") % {"name": name_of(receipt.submitted_by)},),
        moment=_moment(_("Goes offline"), receipt.countersign_until, now),
    )


def _waiting(step: Any, page: Any, now: datetime) -> Line:
    by = _("Submitted by %(name)s") % {"name": name_of(step.workflow_state.requested_by)}
    return _line(
        page,
        facts=(by, *_holder(step)),
        moment=_due(step, now),
        desk_link=reverse("desk_review", args=[step.pk]),
    )


def _notice(notice: Any) -> Line:
    by = _("A public notice, written by %(name)s") % {"name": name_of(notice.proposed_by)}
    at = _("Proposed %(time)s") % {"time": moment(notice.proposed_at)}
    line = _line(notice.page, facts=(by, at), comment=notice.text)
    return replace(line, link=DecideNoticeView.url(notice.page))


def _under_review(step: Any, page: Any, now: datetime) -> Line:
    return _line(page, facts=_holder(step), moment=_due(step, now))


def _returned(step: Any, page: Any) -> Line:
    return _line(
        page,
        facts=(_("Returned by %(name)s") % {"name": name_of(step.finished_by)},),
        comment=step.comment,
    )


def _draft(page: Any) -> Line:
    at = page.latest_revision_created_at
    return _line(page, facts=(_("Last written %(time)s") % {"time": moment(at)},) if at else ())


def _scheduled(receipt: Any, now: datetime) -> Line:
    if receipt.due_at > now:
        return _line(receipt.page, moment=_moment(_("Becomes public"), receipt.due_at, now))
    if receipt.source is not None:
        return _line(receipt.page, facts=(_("Waits until the original is public."),))
    return _line(receipt.page, facts=(_("Waits for the worker, or for the page above it."),))


def _live(receipt: Any) -> Line:
    return _line(
        receipt.page, facts=(_("Public since %(time)s") % {"time": moment(receipt.published_at)},)
    )


def _due(step: Any, now: datetime) -> Moment | None:
    review = getattr(step, "desk_review", None)
    if review is None:
        return None
    is_over = review.due_at <= now
    return _moment(_("Was due") if is_over else _("Due"), review.due_at, now)


def _holder(step: Any) -> tuple[str, ...]:
    review = getattr(step, "desk_review", None)
    if review is None or review.assigned_to is None:
        return ()
    return (_("%(name)s has it") % {"name": name_of(review.assigned_to)},)
