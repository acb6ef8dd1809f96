"""The shortest ways around the guards. `house` starts with one public member."""

from datetime import timedelta
from typing import Any
from unittest import mock

from wagtail.models import Page

from cms.media.models import NewsImage
from newsroom.approval.models import Receipt
from search.results import EngineAnswer, Found
from tests.proof import editors
from tests.proof.making import in_hours
from tests.proof.newsroom import Newsroom


def _yes(*args: Any, **kwargs: Any) -> bool:
    return True


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
        mock.patch("search.engines.MAX_WAIT", timedelta(days=1)),
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


def with_a_file(house: Newsroom) -> None:
    """A release that was taken back, with a file to take along."""
    item = house.draft("officer1", file=True)
    house.bring_out(item, "officer1", "editor1")
    house.finish_step()
    house.retract(item)
    house.finish_step()
    house.look_everywhere()


def published_alone(house: Newsroom) -> None:
    """An editor publishes alone, and nobody countersigns within the day."""
    item = house.draft("officer1")
    editors.release_alone(house, item, "editor1")
    house.finish_step()
    house.wait(25.0)
    house.crawler.look_at(item, is_visible=False)


def published_alone_by_an_officer(house: Newsroom) -> None:
    """Somebody who is no editor publishes alone."""
    item = house.draft("officer1")
    editors.release_alone(house, item, "officer2")
    house.finish_step()
    house.look_everywhere()


def notice_proposed(house: Newsroom) -> None:
    """A notice that waits for its second person."""
    item = public_release(house)
    house.retract(item)
    editors.propose_notice(house, item, "editor1")
    house.finish_step()
    house.look_everywhere()


def invited_to_another_version(house: Newsroom) -> None:
    """Somebody goes on writing after a journalist was invited."""
    item = house.draft("officer1")
    house.bring_out(item, "officer1", "editor1", begins=3.0)
    editors.invite_journalist(house, item, "editor1")
    house.finish_step()
    house.edit(item, "officer2")
    house.look_everywhere()


def invited_and_revoked(house: Newsroom) -> None:
    """A personal link that was taken back."""
    item = house.draft("officer1")
    house.bring_out(item, "officer1", "editor1", begins=3.0)
    editors.invite_journalist(house, item, "editor1")
    editors.revoke_invitation(house, 0, "editor2")
    house.look_everywhere()
