"""People, clock and worker acting on the real site, beside the model of what may show."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any
from unittest import mock

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.module_loading import import_string
from wagtail.models import Locale, Page

from cms.accounts.models import User
from cms.accounts.roles import EDITOR
from cms.media.models import NewsFile, NewsImage
from cms.pages.gate import RefusedError
from newsroom.approval import services
from newsroom.approval.rules import NotReadyError
from newsroom.approval.services import ScheduleError
from newsroom.approval.worker import expire_due, lapse_due, prepare_due, publish_due
from search.indexing import ship
from tests import factories as make
from tests.proof.crawl import Crawler, MissingError
from tests.proof.looking import MOST, OTHERS, Looker
from tests.proof.making import Maker
from tests.proof.model import Item, Model, Version

EDITORS = ("editor1", "editor2", "boss")
ACTORS = ("officer1", "officer2", *EDITORS, "admin", "translator")
LANGUAGES = ("en", "ar")


class KilledError(BaseException):
    """The worker's process ends, in the middle of whatever it does."""


def people() -> dict[str, User]:
    """Create the accounts; `boss` is a superuser in the editors' group, `admin` one without."""
    found = {
        "officer1": make.officer(),
        "officer2": make.officer(),
        "editor1": make.editor(),
        "editor2": make.editor(),
        "boss": make.superuser(),
        "admin": make.superuser(),
        "translator": make.translator(),
    }
    found["boss"].groups.add(Group.objects.get(name=EDITOR.group))
    return found


class Newsroom:
    """The site, its people and the model. `clock(seconds)` moves the time on."""

    def __init__(
        self,
        *,
        users: dict[str, User],
        clock: Callable[[float], None],
        rng: Random,
        others: int = OTHERS,
        most: int = MOST,
        does_ship: bool = False,
    ) -> None:
        self.users = users
        self.rng = rng
        self.does_ship = does_ship
        self.model = Model()
        self.crawler = Crawler(self.model)
        self.looker = Looker(self.model, self.crawler, rng, others=others, most=most)
        self.make = Maker(users=users, rng=rng, model=self.model)
        self.steps = 0
        self._clock = clock
        self._touched: list[Item] = []

    # What people do. Every method is one step; `item` is a number, taken among those there are.

    def draft(
        self,
        author: str,
        *,
        kind: str = "release",
        picture: bool = False,
        file: bool = False,
        **times: Any,
    ) -> Item:
        """Write a new item: a release, a member, or what stands below a member."""
        members = [i for i in self.model.items if i.kind == "member" and i.language == "de"]
        is_below = kind in ("offer", "release below")
        parent = self.rng.choice(members) if members and is_below else None
        if parent is None and is_below:
            kind = "member"
        version = self.make.version(kind, picture=picture, file=file, **times)
        page, image, document = self.make.page(kind, version, parent, author=author)
        page.save_revision(user=self.users[author], clean=False)
        item = Item(
            pk=page.pk, kind=kind.split()[0], language="de", draft=version, author=author,
            parent=parent, image=image, file=document,
        )  # fmt: skip
        return self._add(item)

    def edit(self, item: Item, author: str, *, moves_address: bool = False, **times: Any) -> None:
        """Write a new version of an item."""
        self._write(item, author, moves_address=moves_address, overwrite=False, **times)

    def autosave(self, item: Item) -> None:
        """Overwrite the newest revision in place, as the editor's autosave does."""
        page = self.page(item)
        author = next(
            n for n, user in self.users.items() if user.pk == page.latest_revision.user_id
        )
        draft = item.draft
        times = {"begins": draft.begins, "ends": draft.ends}
        self._write(item, author, moves_address=False, overwrite=True, **times)

    def submit(self, item: Item, actor: str) -> None:
        """Hand the newest version in, or be refused because it is the public one."""
        page = self.page(item)
        if (state := page.current_workflow_state) is not None:
            state.cancel(user=self.users[actor])
        item.review = None
        try:
            page.get_workflow().start(page, self.users[actor])
        except NotReadyError as error:
            if item.live is not item.draft:
                raise MissingError(f"{actor} cannot submit: {error}") from error
        else:
            item.review, item.submitter = item.draft, actor
        self.touch(item)

    def decide(self, item: Item, actor: str, *, action: str = "approve") -> None:
        """Approve or return what was submitted, or be refused."""
        page = self.page(item)
        state = page.current_workflow_task_state
        if state is None:
            return
        may = item.may_decide(actor, editors=EDITORS)
        try:
            state.task.specific.on_action(state, self.users[actor], action)
        except RefusedError as error:
            if may and action == "approve":
                raise MissingError(f"{actor} is refused: {error}") from error
        else:
            if action == "reject":
                item.review = None
            elif may:
                item.approve(now=timezone.now())
        self.touch(item)

    def bring_out(self, item: Item, author: str, editor: str, **times: Any) -> None:
        """Write, submit and approve in one go."""
        self.edit(item, author, **times)
        self.submit(item, author)
        self.decide(item, editor)

    def postpone(self, item: Item, hours: float) -> None:
        """Move the hour of what waits."""
        now = timezone.now()
        due = now + timedelta(hours=hours)
        try:
            services.postpone(page=self.page(item), due_at=due, user=self.users["editor1"], now=now)
        except ScheduleError:
            if (
                item.approved and item.due and due > max(item.due, now)
                and (item.approved.ends is None or item.approved.ends > due)
                and not any(other.source is item for other in self.model.items)
            ):  # fmt: skip
                raise MissingError("a later hour is refused") from None
            return
        for each in [item, *(other for other in self.model.items if other.source is item)]:
            if each.approved and each.due:
                each.due = max(each.due, due)
        self.touch(item)

    def copy(self, item: Item, actor: str) -> None:
        """Copy a page, asking for the copy to be live."""
        number = self.make.canary("s")
        attrs = {"slug": number}
        with suppress(RefusedError):
            copy = self.page(item).copy(update_attrs=attrs, user=self.users[actor], keep_live=True)
            self._add(self._twin(item, copy, actor))
        self.touch(item)

    def alias(self, item: Item) -> None:
        """Make an alias below another parent."""
        with suppress(RefusedError):
            page = self.page(item)
            alias = page.create_alias(update_slug=self.make.canary("s"))
            twin = self._twin(item, alias, item.author)
            twin.is_alias = True
            self._add(twin)
        self.touch(item)

    def move(self, item: Item) -> None:
        """Move what stands below a member to another one, by the shell."""
        members = [
            i for i in self.model.items if i.kind == "member" and i.language == item.language
        ]
        if item.parent is None or len(members) < 2:
            return
        target = self.rng.choice(members)
        if target is item.parent or target.is_alias or item.parent.is_alias:
            return
        self.page(item).move(Page.objects.get(pk=target.pk), pos="last-child")
        item.parent = target
        item.is_doubtful = item.approved is not None
        self.touch(item)

    def translate(self, item: Item, language: str) -> Item | None:
        """Begin a translation: a draft of its own, with words of its own."""
        page = self.page(item)
        locale = Locale.objects.get(language_code=language)
        parent = item.parent and self._language_version(item.parent, language)
        is_there = page.has_translation(locale)
        if item.language != "de" or item.is_alias or is_there or (item.parent and not parent):
            return None
        copy = page.copy_for_translation(locale)
        version = self.make.version(
            item.kind, picture=item.image is not None, file=item.file is not None
        )
        version.words |= {f: word for f, word in item.draft.words.items() if f in "fn"}
        self.make.fill(copy, version, item.kind, file=self._file(item))
        copy.draft_title = copy.title
        copy.save()
        copy.save_revision(user=self.users["translator"], clean=False)
        twin = Item(
            pk=copy.pk, kind=item.kind, language=language, draft=version, author="translator",
            source=item, parent=parent, image=item.image, file=item.file,
        )  # fmt: skip
        return self._add(twin)

    def retract(self, item: Item) -> None:
        """Take an item back."""
        services.retract(
            page=self.page(item), user=self.users["editor1"], reason="", now=timezone.now()
        )
        self.model.retract(item)
        self.touch(item)

    def force(self, item: Item) -> None:
        """Set pages live behind the back of every rule, in the shell; and take that back."""
        page = self.page(item)
        page.live = True
        page.title = self.make.canary("t")
        with suppress(RefusedError):
            page.save()
        before = Page.objects.filter(pk=item.pk).values("live").get()
        Page.objects.filter(pk=item.pk).update(live=True)
        self.touch(item)
        self.looker.look_at(item)
        Page.objects.filter(pk=item.pk).update(**before)

    def exchange_picture(self, item: Item) -> None:
        """Put another file under a picture of an item; what is approved or public is frozen."""
        if item.image is None:
            return
        users = [other for other in self.model.items if other.image == item.image]
        word = self.make.canary("f")
        image = NewsImage.objects.get(pk=item.image)
        image.file = ContentFile(make.jpeg("red"), name=f"{word}.jpg")
        image.file_size = image.file_hash = None
        old = {v.words["f"] for i in users for v in (i.draft, i.live, i.approved) if v}
        in_use = any((i.live and not i.is_alias) or i.approved for i in users)
        try:
            image.save()
        except RefusedError:
            if not in_use:
                raise MissingError("a picture nobody has approved is frozen") from None
            return
        if not in_use:
            image.renditions.all().delete()
            for other in users:
                other.draft.words["f"] = word
                if other.review is other.draft:
                    other.review = Version(dict(other.draft.words))  # not what was submitted
        assert old
        self.touch(item)

    # The clock and the worker.

    def wait(self, hours: float = 1.0) -> None:
        """Let time pass, without anybody doing anything."""
        self._clock(hours * 3600)

    def wait_until_just_before(self, item: Item) -> None:
        """Let time pass to one second before the item's hour or end."""
        now = timezone.now()
        moments = [item.due if item.approved else None, item.live.ends if item.live else None]
        ahead = [
            at - timedelta(seconds=2) for at in moments if at and at - timedelta(seconds=2) > now
        ]
        if ahead:
            self._clock((min(ahead) - now).total_seconds())
        self.touch(item)

    def work(self) -> None:
        """Let the worker do everything that is due."""
        now = timezone.now()
        while publish_due(now=now) + expire_due(now=now) + lapse_due(now=now):
            pass
        prepare_due(now=now)
        due = [item for item in self.model.items if item.is_due(now)]
        self.model.run_worker(now)
        self.touch(*due[:2])

    def kill_worker(self, place: str, after: int) -> None:
        """Kill the worker in the middle of publishing, look, and start it again."""
        calls = 0

        def killed(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls > after:
                raise KilledError
            return original(*args, **kwargs)

        original = import_string(place)
        with mock.patch(place, killed), suppress(KilledError):
            publish_due(now=timezone.now())
        before = self.model.words(timezone.now())
        due = {w for i in self.model.items if i.approved for w in i.approved.words.values()}
        due_now = due if any(i.is_due(timezone.now()) for i in self.model.items) else set()
        self.crawler.look(self.looker.sample(), more=before | due_now)
        self.work()

    def ship(self) -> None:
        """Bring Elasticsearch up to the table."""
        if self.does_ship:
            ship(now=timezone.now())

    def finish_step(self) -> None:
        """Look at what the step touched, and at some of everything else; let a second pass."""
        self.steps += 1
        self.looker.look_around(dict.fromkeys(self._touched))
        self._touched = []
        self._clock(1)

    def look_everywhere(self) -> None:
        """Look at every surface; what must be visible must have been seen."""
        self.looker.look_everywhere()

    # What is stored.

    def page(self, item: Item) -> Any:
        """Return the stored page."""
        return Page.objects.get(pk=item.pk).specific

    def touch(self, *items: Item) -> None:
        """Note that the step at hand touched the items: they are looked at in its end."""
        self._touched += items

    def _add(self, item: Item) -> Item:
        self.model.items.append(item)
        self.touch(item)
        return item

    def _file(self, item: Item) -> NewsFile | None:
        return NewsFile.objects.get(pk=item.file) if item.file else None

    def _write(
        self, item: Item, author: str, *, moves_address: bool, overwrite: bool, **times: Any
    ) -> None:
        stored = self.page(item)
        page = stored.get_latest_revision_as_object()
        version = self.make.next_version(item, moves_address=moves_address, **times)
        self.make.fill(page, version, item.kind, file=self._file(item))
        latest = stored.latest_revision if overwrite else None
        page.save_revision(user=self.users[author], clean=False, overwrite_revision=latest)
        item.write(author, version)
        if overwrite and item.review is not None:
            item.review = Version(dict(item.review.words))  # those bytes are gone
        self.touch(item)

    def _twin(self, item: Item, page: Any, author: str) -> Item:
        version = Version({**item.draft.words, "s": page.slug}, item.draft.begins, item.draft.ends)
        return Item(
            pk=page.pk, kind=item.kind, language=item.language, draft=version, author=author,
            parent=item.parent, image=item.image, file=item.file,
        )  # fmt: skip

    def _language_version(self, item: Item, language: str) -> Item | None:
        found = (i for i in self.model.items if i.source is item and i.language == language)
        return next(found, None)
