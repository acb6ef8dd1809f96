"""Every guard of the promises, how to switch it off, and the shortest way to notice.

A guard is switched off by replacing what `off` names; `attack` plays the sequence after which
the proof must cry. Where two guards stand one behind the other, the attack reaches the one that
is meant, or both are switched off (and the name says so).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest import mock

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page

from cms.media.models import NewsImage
from newsroom.approval import rules, visibility
from newsroom.approval.models import Receipt
from newsroom.approval.services.publishing import publish, write_receipt
from search.documents import _write
from search.fallback import _Sql
from search.results import EngineAnswer, Found
from search.rows import visible_rows
from tests.proof.making import in_hours
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


# Attacks. `house` starts with one public member.


def public_release(house: Newsroom) -> Any:
    """Return a release with a picture that is public."""
    item = house.draft("officer1", picture=True)
    house.bring_out(item, "officer1", "editor1")
    house.finish_step()
    return item


def drafted(house: Newsroom) -> None:
    """A draft that the shell sets live."""
    item = house.draft("officer1", picture=True)
    house.finish_step()
    house.force(item)
    house.finish_step()


def over(house: Newsroom) -> None:
    """A release whose time is over, before the worker has noticed."""
    item = house.draft("officer1")
    house.bring_out(item, "officer1", "editor1", ends=2.0)
    house.finish_step()
    house.wait(2.0)
    house.finish_step()
    house.crawler.look_at(item, is_visible=False)


def over_in_search(house: Newsroom) -> None:
    """The same, asked of the search alone: hits, number and facets."""
    item = house.draft("officer1")
    house.bring_out(item, "officer1", "editor1", ends=2.0)
    word = item.draft.words["b"]
    house.finish_step()
    house.wait(2.0)
    house.crawler.look([f"/api/v1/search?q={word}&lang=de", f"/de/suche/?q={word}"])


def index_behind(house: Newsroom) -> None:
    """The index still finds a release whose time is over."""
    item = house.draft("officer1")
    house.bring_out(item, "officer1", "editor1", ends=2.0)
    house.finish_step()
    key = f"release/{house.page(item).translation_key}/de"
    stale = EngineAnswer(
        found=[Found(key=key, version=0, highlights={})], total=1, facets={}, is_relaxed=False
    )
    house.wait(2.0)
    with (
        mock.patch("search.client.is_configured", _yes),
        mock.patch("search.index_search.search", return_value=stale),
        mock.patch("search.service.MAX_WAIT", timedelta(days=1)),
    ):
        house.crawler.look([f"/api/v1/search?q={item.draft.words['b']}&lang=de"])


def retracted(house: Newsroom) -> None:
    """A release that was taken back, with its pictures."""
    item = public_release(house)
    house.crawler.look([house.page(item).url])
    house.retract(item)
    house.finish_step()
    house.look_everywhere()


def postponed_by_the_shell(house: Newsroom) -> None:
    """Somebody moves the hour of a live page in the database."""
    item = public_release(house)
    item.live.begins = in_hours(3.0)  # type: ignore[union-attr]
    Page.objects.filter(pk=item.pk).update(go_live_at=in_hours(3.0))
    house.crawler.look_at(item, is_visible=False)


def alias_forced(house: Newsroom) -> None:
    """An alias of a draft, and the draft comes out: the alias stays where it was."""
    item = house.draft("officer1")
    house.submit(item, "officer1")
    house.alias(item)
    house.finish_step()
    house.decide(item, "editor1")
    house.finish_step()
    house.look_everywhere()


def alias_made_live(house: Newsroom) -> None:
    """The row of an alias is made an exact copy of its live original."""
    item = house.draft("officer1")
    house.alias(item)
    alias = house.model.items[-1]
    house.bring_out(item, "officer1", "editor1")
    original = house.page(item)
    Page.objects.filter(pk=alias.pk).update(live=True, live_revision=original.live_revision)
    Receipt.objects.filter(page_id=item.pk).update(page_id=alias.pk)
    item.live = None
    house.crawler.look_at(alias, is_visible=False)


def author_approves(house: Newsroom) -> None:
    """An editor approves the own text, submitted by somebody else."""
    item = house.draft("editor1")
    house.submit(item, "officer1")
    house.decide(item, "editor1")
    house.finish_step()
    house.look_everywhere()


def submitter_approves(house: Newsroom) -> None:
    """An editor approves what the same editor has submitted."""
    item = house.draft("officer1")
    house.submit(item, "editor1")
    house.decide(item, "editor1")
    house.finish_step()
    house.look_everywhere()


def stranger_approves(house: Newsroom) -> None:
    """A superuser outside the editors' group approves."""
    item = house.draft("officer1")
    house.submit(item, "officer1")
    house.decide(item, "admin")
    house.finish_step()
    house.look_everywhere()


def overwritten_review(house: Newsroom) -> None:
    """An autosave overwrites what lies before the editor, who approves."""
    item = house.draft("officer1")
    house.submit(item, "officer1")
    house.autosave(item)
    house.decide(item, "editor1")
    house.finish_step()
    house.look_everywhere()


def overwritten_after_approval(house: Newsroom) -> None:
    """The stored bytes of an approved version are exchanged before its hour."""
    item = house.draft("officer1")
    house.bring_out(item, "officer1", "editor1", begins=1.0)
    receipt = Receipt.objects.select_related("revision").get(page_id=item.pk, state="approved")
    word = house.make.canary("t")
    type(receipt.revision).objects.filter(pk=receipt.revision_id).update(
        content={**receipt.revision.content, "title": word}
    )
    item.approved = None
    house.finish_step()
    house.wait(1.0)
    house.work()
    house.finish_step()
    house.look_everywhere()


def edited_after_approval(house: Newsroom) -> None:
    """Somebody goes on writing; the version approved before must not come out."""
    item = house.draft("officer1")
    house.bring_out(item, "officer1", "editor1", begins=1.0)
    house.edit(item, "officer2")
    house.finish_step()
    house.wait(1.0)
    house.work()
    house.finish_step()
    house.look_everywhere()


def without_review(house: Newsroom) -> None:
    """The model's own publish, by a superuser."""
    item = house.draft("boss")
    page = house.page(item)
    try:
        page.latest_revision.publish(user=house.users["boss"], skip_permission_checks=True)
    except Exception as error:
        if type(error).__name__ != "NotApprovedError":
            raise
    house.finish_step()
    house.look_everywhere()


def saved_live(house: Newsroom) -> None:
    """The words of a live page are changed by saving its row."""
    item = public_release(house)
    page = house.page(item)
    page.title = house.make.canary("t")
    try:
        page.save()
    except Exception as error:
        if type(error).__name__ != "NotApprovedError":
            raise
    house.crawler.look_at(item, is_visible=True)


def translated(house: Newsroom) -> None:
    """A translation is approved before its source."""
    item = house.draft("officer1")
    english = house.translate(item, "en")
    assert english
    house.submit(english, "translator")
    house.decide(english, "editor1")
    house.work()
    house.finish_step()
    house.look_everywhere()


def source_over(house: Newsroom) -> None:
    """The source of a public translation ends."""
    item = house.draft("officer1")
    house.bring_out(item, "officer1", "editor1", ends=2.0)
    english = house.translate(item, "en")
    assert english
    house.submit(english, "translator")
    house.decide(english, "editor1")
    house.finish_step()
    house.wait(2.0)
    house.crawler.look_at(english, is_visible=False)


def below_a_draft(house: Newsroom) -> None:
    """An offer of a member that is not public any more."""
    member = house.draft("officer1", kind="member")
    house.bring_out(member, "officer1", "editor1", ends=2.0)
    offers = []
    for _ in range(6):  # until one stands below this member and not the first
        offer = house.draft("officer1", kind="offer")
        if offer.parent is member:
            house.bring_out(offer, "officer1", "editor1")
            offers.append(offer)
    assert offers
    house.finish_step()
    house.wait(2.0)
    for offer in offers:
        house.crawler.look_at(offer, is_visible=False)


def moved(house: Newsroom) -> None:
    """An approved offer is moved to another member before its hour."""
    member = house.draft("officer1", kind="member")
    house.bring_out(member, "officer1", "editor1")
    offer = house.draft("officer1", kind="offer")
    house.bring_out(offer, "officer1", "editor1", begins=1.0)
    while offer.approved_below is offer.parent:
        house.move(offer)
    offer.is_doubtful, offer.approved = False, None
    house.finish_step()
    house.wait(1.0)
    house.work()
    house.crawler.look_at(offer, is_visible=False)


def linked(house: Newsroom) -> None:
    """A public text links to a draft: its address would tell its title."""
    house.make.links_to = house.draft("officer1", kind="release")
    public_release(house)
    house.look_everywhere()


def copied(house: Newsroom) -> None:
    """A public page is copied, and the copy wants to be live."""
    item = public_release(house)
    house.copy(item, "boss")
    house.finish_step()
    house.look_everywhere()


def exchanged(house: Newsroom) -> None:
    """Another file is put under a public picture."""
    item = public_release(house)
    house.exchange_picture(item)
    house.finish_step()
    house.look_everywhere()
    image = NewsImage.objects.get(pk=item.image)
    word = item.live.words["f"] if item.live else ""
    if word not in str(image.file):
        raise LeakedFileError(str(image.file))


class LeakedFileError(AssertionError):
    """Readers would see bytes that nobody has approved."""


def too_early(house: Newsroom) -> None:
    """The worker runs one second before the hour."""
    item = house.draft("officer1")
    house.bring_out(item, "officer1", "editor1", begins=1.0)
    house.wait_until_just_before(item)
    house.work()
    house.finish_step()
    house.look_everywhere()


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


def _write_no_tombstone(row: Any, columns: Any, *, now: Any) -> int:
    return _write(row, columns, now=now) if columns else 0


def _rows_of_the_past(found: Any, *, language: str, now: Any) -> Any:
    return visible_rows(found, language=language, now=now - timedelta(hours=1))


def _unfrozen(self: Any) -> bool:
    return False


SERVICES = "newsroom.approval.services.publishing"
TOGETHER = "newsroom.approval.services.together"
SHOWN = "newsroom.approval.visibility"

GUARDS: tuple[Guard, ...] = (
    Guard("live filter", [(f"{SHOWN}.is_in_time", _in_time_without("live")),
          (f"{SHOWN}.is_shown", _shown_without_receipt)], retracted),
    Guard("go-live filter", [(f"{SHOWN}.is_in_time", _in_time_without("begins"))],
          postponed_by_the_shell),
    Guard("expiry filter", [(f"{SHOWN}.is_in_time", _in_time_without("ends"))], over),
    Guard("alias filter", [(f"{SHOWN}.is_in_time", _in_time_without("alias"))], alias_made_live),
    Guard("receipt check", [(f"{SHOWN}.is_shown", _shown_without_receipt)], drafted),
    Guard("source-language rule", [(f"{SHOWN}.is_shown", _shown_without_source)], source_over),
    Guard("source-language rule at publication and in the selector",
          [(f"{SHOWN}.is_shown", _shown_without_source), (f"{SERVICES}._ground_is_public", _yes)],
          translated),
    Guard("parent rule", [("newsroom.approval.selectors.public", _public_without_parents)],
          below_a_draft),
    Guard("page hook", [("newsroom.approval.wagtail_hooks.is_public", _yes)], over),
    Guard("media check", [("cms.delivery.media.is_image_public", _yes)], retracted),
    Guard("media taken back", [(f"{SERVICES}.forget_uses", _nothing),
          ("cms.delivery.media.public", lambda *a, **k: Page.objects.all())], retracted),
    Guard("fallback filter", [("search.fallback._Sql.add", _visible_without_time)],
          over_in_search),
    Guard("key check of hits", [("search.service.visible_rows", _rows_of_the_past)],
          index_behind),
    Guard("tombstones", [("search.documents._write", _write_no_tombstone)], retracted),
    Guard("approval check", [("newsroom.approval.gate.FourEyesGate.publish",
          lambda self, *, page, revision, user: _publish_anyway(page, revision))],
          without_review),
    Guard("hash check at the hour and at saving", [(f"{TOGETHER}.assert_as_approved", _nothing),
          ("cms.pages.governed.GovernedPage.save", _stock_save)],
          overwritten_after_approval),
    Guard("review bound to bytes", [("newsroom.approval.rules.is_unchanged", _yes)],
          overwritten_review),
    Guard("four eyes: writers", [("newsroom.approval.rules.writers", lambda page: set())],
          author_approves),
    Guard("four eyes: submitter", [("newsroom.approval.rules.objection",
          _objection_without("submitted", "eingereicht")),
          (f"{SERVICES}._assert_four_eyes", _nothing)], submitter_approves),
    Guard("four eyes: group", [("newsroom.approval.rules.objection",
          _objection_without("groups", "Gruppen")),
          (f"{SERVICES}._assert_four_eyes", _nothing)], stranger_approves),
    Guard("writing drops an approval", [("newsroom.approval.gate.FourEyesGate.note_writing",
          _nothing)], edited_after_approval),
    Guard("link handler", [("newsroom.approval.links.public", lambda pages, *, now: pages)],
          linked),
    Guard("copy guard and unapproved save", [("cms.pages.governed.GovernedPage.save", _stock_save),
          (f"{SHOWN}.is_shown", _shown_without_receipt)], copied),
    Guard("unapproved save", [("cms.pages.governed.GovernedPage.save", _stock_save)], saved_live),
    Guard("frozen picture", [("cms.media.models.NewsImage.is_frozen", _unfrozen)], exchanged),
    Guard("place of an approval", [(f"{TOGETHER}.assert_as_approved", _nothing)], moved),
    Guard("alias override, alias and receipt filter", [
          ("cms.pages.governed.GovernedPage.update_aliases", Page.update_aliases),
          ("cms.pages.governed.GovernedPage.save", _stock_save),
          (f"{SHOWN}.is_in_time", _in_time_without("alias")),
          (f"{SHOWN}.is_shown", _shown_without_receipt)], alias_forced),
)  # fmt: skip


# Attacks that no single guard keeps off: Wagtail, the receipt and the selector know the hour.
OTHER_ATTACKS = (too_early,)


def _publish_anyway(page: Any, revision: Any) -> None:
    """Publish as Wagtail does, with a receipt that nobody has given."""
    now = timezone.now()
    receipt = write_receipt(
        page=page, revision=revision, submitted_by=None, approved_by=None, now=now
    )
    publish(receipt=receipt, now=now)
