"""What may be seen, worked out from the promises alone: nothing here asks the code under test.

A version is public from its hour to its end when somebody without part in it has approved exactly
its bytes, while what it translates and what it stands below is public, until it is taken back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(eq=False)
class Version:
    """One state of a text. `words` are its canaries by field; each is a word found nowhere else."""

    words: dict[str, str]
    begins: datetime | None = None
    ends: datetime | None = None


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
    is_alias: bool = False

    live: Version | None = None
    approved: Version | None = None
    due: datetime | None = None
    approved_below: "Item | None" = None
    is_doubtful: bool = False  # moved while approved: it may become public, it need not
    review: Version | None = None
    submitter: str = ""
    # Who wrote what, since the live version.
    written: list[tuple[str, Version]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.written.append((self.author, self.draft))

    def write(self, author: str, version: Version) -> None:
        """Somebody has gone on writing: an approval that waits is void."""
        self.author, self.draft = author, version
        self.written.append((author, version))
        self.approved = None

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

    def approve(self, *, now: datetime) -> None:
        """The second person agrees."""
        assert self.review
        self.approved, self.review = self.review, None
        self.due = max(now, self.approved.begins or now)
        self.approved_below, self.is_doubtful = self.parent, False
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
        versions = [version for _author, version in self.written]
        last = max(i for i, version in enumerate(versions) if version is self.live)
        self.written = self.written[last + 1 :]

    def take_down(self) -> None:
        """Nothing of it is public, and nothing waits."""
        self.live = self.approved = self.review = None

    def stands_on_public_ground(self, now: datetime) -> bool:
        """Say whether its source language and what it stands below are public."""
        return all(
            ground is None or ground.is_visible(now) for ground in (self.source, self.parent)
        )

    def is_visible(self, now: datetime) -> bool:
        """Say whether readers see it at `now`."""
        if self.live is None or self.is_alias:
            return False
        in_time = self.live.ends is None or now < self.live.ends
        return in_time and self.stands_on_public_ground(now)


class Model:
    """All items."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def visible(self, now: datetime) -> list[Item]:
        """Return the items that readers see."""
        return [item for item in self.items if item.is_visible(now)]

    def words(self, now: datetime) -> set[str]:
        """Return every canary that may show at `now`."""
        shown = (item.live for item in self.visible(now))
        return {word for version in shown if version for word in version.words.values()}

    def run_worker(self, now: datetime) -> None:
        """Publish what is due, and forget what is over."""
        while due := [item for item in self.items if item.is_due(now)]:
            for item in due:
                item.come_out()
        for item in self.items:
            if item.live and item.live.ends and item.live.ends <= now:
                item.live = None

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
