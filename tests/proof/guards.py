"""Every guard of the promises, how to switch it off, and the shortest way to notice.

A guard is switched off by replacing what `off` names; `attack` plays the sequence after which
the proof must cry. Where two guards stand one behind the other, the attack reaches the one that
is meant, or both are switched off (and the name says so).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page

from newsroom.approval import rules, visibility
from newsroom.approval import selectors as approval_selectors
from newsroom.approval.models import Receipt
from newsroom.approval.services.publishing import publish, write_receipt
from newsroom.embargo.rules import State
from search.documents import _renew
from search.rows import visible_rows
from search.statements import _Sql
from tests.proof import attacks
from tests.proof.newsroom import Newsroom

Off = tuple[str, Any]  # what is replaced, and by what


@dataclass(frozen=True)
class Guard:
    """A guard by name; `attack` is a short sequence of acts, its steps are counted."""

    name: str
    off: Sequence[Off]
    attack: Callable[[Newsroom], None]


def _nothing(*args: Any, **kwargs: Any) -> None:
    return None


def _yes(*args: Any, **kwargs: Any) -> bool:
    return True


# Guards switched off.


def _in_time_without(*missing: str) -> Callable[..., Q]:
    def condition(*, now: Any) -> Q:
        parts = {
            "begins": Q(go_live_at=None) | Q(go_live_at__lte=now),
            "ends": Q(expire_at=None) | Q(expire_at__gt=now),
            "live": Q(live=True),
            "alias": Q(alias_of=None),
        }
        found = Q(pk__isnull=False)
        for name, part in parts.items():
            if name not in missing:
                found &= part
        return found

    return condition


def _shown_without_receipt(*, now: Any) -> Q:
    return visibility.is_in_time(now=now)


def _receipts() -> Any:
    return Receipt.objects.filter(
        page=OuterRef("pk"), revision=OuterRef("live_revision"), state=Receipt.State.LIVE
    )


def _shown_without_source(*, now: Any) -> Q:
    return visibility.is_in_time(now=now) & Q(Exists(_receipts()))


def _public_without_parents(pages: Any = None, *, now: Any) -> Any:
    pages = Page.objects.all() if pages is None else pages
    return pages.filter(visibility.is_shown(now=now))


def _visible_without_time(self: _Sql, text: str, *params: Any) -> None:
    if "visible_until" in text:
        return
    self.text.append(text)
    self.params.extend(params)


def _objection_without(*words: str) -> Callable[..., str]:
    original = rules.objection

    def objection(**kwargs: Any) -> str:
        reason = original(**kwargs)
        return "" if any(word in reason for word in words) else reason

    return objection


def _stock_save(self: Any, *args: Any, **kwargs: Any) -> Any:
    return Page.save(self, *args, **kwargs)


def _renew_no_tombstone(row: Any, columns: Any, *, now: Any) -> bool:
    return bool(columns) and _renew(row, columns, now=now)


def _rows_of_the_past(found: Any, *, language: str, now: Any) -> Any:
    return visible_rows(found, language=language, now=now - timedelta(hours=1))


def _shown_for_ever(*, now: Any) -> Q:
    source = Page.objects.filter(Exists(_receipts()), pk=OuterRef("source_id"))
    receipts = _receipts().filter(Q(source=None) | Exists(source))
    return visibility.is_in_time(now=now) & Q(Exists(receipts))


def _always_open(*args: Any, **kwargs: Any) -> State:
    return State.OPEN


def _unfrozen(self: Any) -> bool:
    return False


SERVICES = "newsroom.approval.services.publishing"
TOGETHER = "newsroom.approval.services.together"
SHOWN = "newsroom.approval.visibility"

GUARDS: tuple[Guard, ...] = (
    Guard("live filter", [(f"{SHOWN}.is_in_time", _in_time_without("live")),
          (f"{SHOWN}.is_shown", _shown_without_receipt)], attacks.retracted),
    Guard("go-live filter", [(f"{SHOWN}.is_in_time", _in_time_without("begins"))],
          attacks.postponed_by_the_shell),
    Guard("expiry filter", [(f"{SHOWN}.is_in_time", _in_time_without("ends"))], attacks.over),
    Guard("alias filter", [(f"{SHOWN}.is_in_time", _in_time_without("alias"))],
          attacks.alias_made_live),
    Guard("receipt check", [(f"{SHOWN}.is_shown", _shown_without_receipt)], attacks.drafted),
    Guard("source-language rule", [(f"{SHOWN}.is_shown", _shown_without_source)],
          attacks.source_over),
    Guard("source-language rule at publication and in the selector",
          [(f"{SHOWN}.is_shown", _shown_without_source), (f"{SERVICES}._ground_is_public", _yes)],
          attacks.translated),
    Guard("parent rule", [("newsroom.approval.selectors.public", _public_without_parents)],
          attacks.below_a_draft),
    Guard("page hook", [("newsroom.approval.wagtail_hooks.is_public", _yes)], attacks.over),
    Guard("media check", [("cms.delivery.media.is_image_public", _yes)], attacks.retracted),
    Guard("media taken back", [("newsroom.approval.services.retraction.forget_shown", _nothing),
          ("cms.delivery.media.public", lambda *a, **k: Page.objects.all())], attacks.retracted),
    Guard("file check", [("cms.delivery.media.is_file_public", _yes)], attacks.with_a_file),
    Guard("end of what one person published", [(f"{SHOWN}.is_shown", _shown_for_ever)],
          attacks.published_alone),
    Guard("who may publish alone", [("newsroom.approval.rules.may_decide", _yes)],
          attacks.published_alone_by_an_officer),
    Guard("four eyes of a notice", [("newsroom.approval.wagtail_hooks.notice",
          approval_selectors.open_notice)], attacks.notice_proposed),
    Guard("personal link: approval", [("newsroom.embargo.views.state_of", _always_open)],
          attacks.invited_to_another_version),
    Guard("personal link: revocation", [("newsroom.embargo.views.state_of", _always_open)],
          attacks.invited_and_revoked),
    Guard("fallback filter", [("search.statements._Sql.add", _visible_without_time)],
          attacks.over_in_search),
    Guard("key check of hits", [("search.service.visible_rows", _rows_of_the_past)],
          attacks.index_behind),
    Guard("tombstones", [("search.documents._renew", _renew_no_tombstone)], attacks.retracted),
    Guard("approval check", [("newsroom.approval.gate.FourEyesGate.publish",
          lambda self, *, page, revision, user: _publish_anyway(page, revision))],
          attacks.without_review),
    Guard("hash check at the hour and at saving", [(f"{TOGETHER}.assert_as_approved", _nothing),
          ("cms.pages.governed.GovernedPage.save", _stock_save)],
          attacks.overwritten_after_approval),
    Guard("review bound to bytes", [("newsroom.approval.rules.is_unchanged", _yes)],
          attacks.overwritten_review),
    Guard("four eyes: writers", [("newsroom.approval.rules.writers", lambda page: set())],
          attacks.author_approves),
    Guard("four eyes: submitter", [("newsroom.approval.rules.objection",
          _objection_without("submitted", "eingereicht")),
          (f"{SERVICES}._assert_four_eyes", _nothing)], attacks.submitter_approves),
    Guard("four eyes: group", [("newsroom.approval.rules.objection",
          _objection_without("groups", "Gruppen")),
          (f"{SERVICES}._assert_four_eyes", _nothing)], attacks.stranger_approves),
    Guard("writing drops an approval", [("newsroom.approval.gate.FourEyesGate.note_writing",
          _nothing)], attacks.edited_after_approval),
    Guard("link handler", [("newsroom.approval.links.public", lambda pages, *, now: pages)],
          attacks.linked),
    Guard("copy guard and unapproved save", [("cms.pages.governed.GovernedPage.save", _stock_save),
          (f"{SHOWN}.is_shown", _shown_without_receipt)], attacks.copied),
    Guard("unapproved save", [("cms.pages.governed.GovernedPage.save", _stock_save)],
          attacks.saved_live),
    Guard("frozen picture", [("cms.media.models.NewsImage.is_frozen", _unfrozen)],
          attacks.exchanged),
    Guard("place of an approval", [(f"{TOGETHER}.assert_as_approved", _nothing)], attacks.moved),
    Guard("alias override, alias and receipt filter", [
          ("cms.pages.governed.GovernedPage.update_aliases", Page.update_aliases),
          ("cms.pages.governed.GovernedPage.save", _stock_save),
          (f"{SHOWN}.is_in_time", _in_time_without("alias")),
          (f"{SHOWN}.is_shown", _shown_without_receipt)], attacks.alias_forced),
)  # fmt: skip


# Attacks that no single guard keeps off: Wagtail, the receipt and the selector know the hour.
OTHER_ATTACKS = (attacks.too_early,)


def _publish_anyway(page: Any, revision: Any) -> None:
    """Publish as Wagtail does, with a receipt that nobody has given."""
    now = timezone.now()
    receipt = write_receipt(
        page=page, revision=revision, submitted_by=None, approved_by=None, now=now
    )
    publish(receipt=receipt, now=now)
