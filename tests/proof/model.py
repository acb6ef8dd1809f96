"""What may be seen, worked out from the promises alone: nothing here asks the code under test.

A version is public from its hour to its end when somebody without part in it has approved exactly
its bytes, while what it translates and what it stands below is public, until it is taken back;
where one person published alone, for a day, unless somebody else countersigns.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# Fields that readers never see, and those that stand in addresses and need not be in the text.
PRIVATE, IN_ADDRESSES = "i", "sfn"
A_DAY = timedelta(hours=24)


@dataclass(eq=False)
class Version:
    """One state of a text. `words` are its canaries by field; each is a word found nowhere else."""

    words: dict[str, str]
    begins: datetime | None = None
    ends: datetime | None = None


@dataclass(eq=False)
class Alone:
    """Somebody published alone: until when that holds, and who cannot countersign it."""

    until: datetime
    involved: set[str]


@dataclass(eq=False)
class Invited:
    """A personal link to a version that waits. `item` is what it belongs to."""

    item: "Item"
    version: Version
    link: str
    invitation: int
    is_revoked: bool = False


@dataclass(eq=False)
class Item:
    """A page in one language, as the promises see it."""

    pk: int
    kind: str
    language: str
    draft: Version
    author: str
    source: "Item | None" = None
    parent: "Item | None" = None
    image: int | None = None
    file: int | None = None
    is_alias: bool = False

    live: Version | None = None
    approved: Version | None = None
    due: datetime | None = None
    approved_below: "Item | None" = None
    is_doubtful: bool = False  # moved while approved: it may become public, it need not
    review: Version | None = None
    submitter: str = ""
    # Of the live version and of the approved one: None where two people stand behind it.
    alone: Alone | None = None
    approved_alone: Alone | None = None
    # Notes about changes: readers see those of all versions that have been public.
    told: set[str] = field(default_factory=set)
    # Whether its address says that it was taken back (None: nothing is promised), and the words
    # that somebody proposed for that, with who it was, and those that were approved.
    is_withdrawn: bool | None = False
    last_public: Version | None = None
    proposed: tuple[str, str] | None = None
    notice: str = ""
    # Who wrote what, since the live version.
    written: list[tuple[str, Version]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.written.append((self.author, self.draft))

    def write(self, author: str, version: Version) -> None:
        """Somebody has gone on writing: an approval that waits is void."""
        self.author, self.draft = author, version
        self.written.append((author, version))
        self.approved = self.approved_alone = None

    def may_decide(self, actor: str, *, editors: Iterable[str]) -> bool:
        """Say whether `actor` is the second person for exactly what was submitted."""
        writers = {author for author, _version in self.written}
        return (
            self.review is not None
            and self.review is self.draft
            and actor in editors
            and actor not in writers
            and actor != self.submitter
        )

    def approve(self, *, now: datetime, alone: set[str] | None = None) -> None:
        """The second person agrees; or nobody was asked, and those `alone` had a part in it."""
        version = self.draft if alone else self.review
        assert version
        self.approved, self.review = version, None
        self.due = max(now, version.begins or now)
        self.approved_alone = Alone(self.due + A_DAY, alone) if alone else None
        self.approved_below, self.is_doubtful = self.parent, False
        if version is self.live:
            self.live = self.alone = None  # approved anew, and public when that is carried out
        if version is self.last_public and self.is_withdrawn:
            self.is_withdrawn = None
        if self.due <= now and self.stands_on_public_ground(now):
            self.come_out()

    def is_due(self, now: datetime) -> bool:
        """Say whether the worker has to publish it."""
        return (
            self.approved is not None
            and self.due is not None
            and self.due <= now
            and self.approved_below is self.parent
            and self.stands_on_public_ground(now)
        )

    def come_out(self) -> None:
        """The approved version replaces the live one."""
        assert self.approved
        self.live, self.approved = self.approved, None
        self.alone, self.approved_alone = self.approved_alone, None
        self.last_public, self.is_withdrawn = self.live, False
        self.proposed, self.notice = None, ""
        self.told |= {word for field, word in self.live.words.items() if field == "h"}
        versions = [version for _author, version in self.written]
        if self.live in versions:
            last = max(i for i, version in enumerate(versions) if version is self.live)
            self.written = self.written[last + 1 :]

    def countersign(self) -> None:
        """A second person stands behind what one has published alone."""
        if self.alone:
            self.alone = None
        else:
            self.approved_alone = None

    def take_down(self) -> None:
        """Nothing of it is public, and nothing waits."""
        if self.live:
            self.is_withdrawn = True
        self.live = self.approved = self.review = self.alone = self.approved_alone = None

    def lapse(self, now: datetime) -> None:
        """What one person published alone ends when nobody has countersigned it."""
        if self.alone and self.alone.until <= now:
            self.live, self.alone, self.is_withdrawn = None, None, True
        if self.approved_alone and self.approved_alone.until <= now:
            self.approved = self.approved_alone = None

    def stands_on_public_ground(self, now: datetime) -> bool:
        """Say whether its source language and what it stands below are public."""
        return all(
            ground is None or ground.is_visible(now) for ground in (self.source, self.parent)
        )

    def is_visible(self, now: datetime) -> bool:
        """Say whether readers see it at `now`."""
        if self.live is None or self.is_alias:
            return False
        ends = (self.live.ends, self.alone and self.alone.until)
        in_time = all(end is None or now < end for end in ends)
        return in_time and self.stands_on_public_ground(now)


class Model:
    """All items, and who was invited to read some of them before their hour."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.invited: list[Invited] = []

    def visible(self, now: datetime) -> list[Item]:
        """Return the items that readers see."""
        return [item for item in self.items if item.is_visible(now)]

    def words(self, now: datetime) -> set[str]:
        """Return every canary that may show at `now`."""
        found = {item.notice for item in self.items if item.notice}
        for item in self.visible(now):
            found |= item.told | (public_words(item.live) if item.live else set())
        return found

    def run_worker(self, now: datetime) -> None:
        """Publish what is due, and forget what is over."""
        while due := [item for item in self.items if item.is_due(now)]:
            for item in due:
                item.come_out()
        for item in self.items:
            if item.live and item.live.ends and item.live.ends <= now:
                item.live = item.alone = None
            item.lapse(now)

    def retract(self, item: Item) -> None:
        """Take back a page, what lies below it and, for an original, all its languages."""
        for each in [item, *(other for other in self.items if other.source is item)]:
            for one in self.below(each):
                one.take_down()

    def below(self, item: Item) -> Iterator[Item]:
        """Yield an item and everything that stands below it."""
        yield item
        for other in self.items:
            if other.parent is item:
                yield from self.below(other)

    def reads(self, invited: Invited, now: datetime) -> bool | None:
        """Say whether a personal link shows its version; None: it may, it need not."""
        item = invited.item
        if invited.is_revoked or item.approved is not invited.version or item.approved_alone:
            return False
        is_waiting = item.due is not None and item.due > now
        return True if is_waiting and item.stands_on_public_ground(now) else None


def public_words(version: Version) -> set[str]:
    """Return the canaries of a version that readers may see once it is public."""
    return {word for field, word in version.words.items() if field not in PRIVATE}
