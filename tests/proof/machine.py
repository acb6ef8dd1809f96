"""Hypothesis plays the newsroom: everybody acts in random order, and a stranger reads along."""

from random import Random
from typing import Any, ClassVar

import time_machine
from django.core.cache import cache
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.conftest import NOW
from tests.proof import editors
from tests.proof.looking import MOST, OTHERS
from tests.proof.newsroom import ACTORS, EDITORS, LANGUAGES, Newsroom
from tests.search.conftest import drop_indices

items = st.integers(0, 11)  # counted modulo the items there are
actors = st.sampled_from(ACTORS)
hours = st.sampled_from([None, None, 1.0, 3.0])
ends = st.sampled_from([None, None, 2.0, 5.0])
WAYS = ("release", "release", "release below", "offer", "member")
# Where a worker is killed: while it writes the search document, the uses of pictures, the record.
PLACES = (
    "newsroom.approval.documents.refresh",
    "newsroom.approval.documents.store",
    "newsroom.approval.services.together.record_uses",
    "newsroom.approval.audit.record_versions",
)


class Play(RuleBasedStateMachine):
    """A sequence of acts; every rule ends with a look at the public site."""

    users: ClassVar[dict[str, Any]] = {}
    others: ClassVar[float] = OTHERS
    most: ClassVar[int] = MOST
    does_ship: ClassVar[bool] = False
    # How many steps and requests all sequences of a run took together.
    steps: ClassVar[int] = 0
    requests: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        if self.does_ship:
            drop_indices()  # the rows of the sequence before are rolled back, the index is not
        self._traveller = time_machine.travel(NOW, tick=False)
        self._time = self._traveller.start()
        self._transaction = transaction.atomic()
        self._transaction._from_testcase = True  # shipping insists on no transaction around it
        self._transaction.__enter__()

    @initialize(seed=st.integers(0, 1_000_000))
    def open(self, seed: int) -> None:
        self.house = Newsroom(
            users=self.users, clock=self._time.shift, rng=Random(seed),
            others=self.others, most=self.most, does_ship=self.does_ship,
        )  # fmt: skip
        item = self.house.draft("officer1", kind="member")
        self.house.submit(item, "officer1")
        self.house.decide(item, "editor1")

    def teardown(self) -> None:
        try:
            if hasattr(self, "house"):
                self.house.look_everywhere()
                type(self).steps += self.house.steps
                type(self).requests += self.house.crawler.requests
        finally:
            transaction.set_rollback(True)
            self._transaction.__exit__(None, None, None)
            self._traveller.stop()

    def _item(self, number: int) -> Any:
        """Return an item; an alias has no text of its own, so nothing is done to it."""
        found = [item for item in self.house.model.items if not item.is_alias]
        return found[number % len(found)]

    @rule(
        author=actors, kind=st.sampled_from(WAYS), picture=st.booleans(), file=st.booleans(),
        begins=hours, ends=ends,
    )  # fmt: skip
    def draft(self, **chosen: Any) -> None:
        author = chosen.pop("author")
        self.house.draft(author, **chosen)
        self.house.finish_step()

    @rule(number=items, author=actors, new=st.booleans(), begins=hours, ends=ends)
    def edit(self, number: int, author: str, new: bool, **times: Any) -> None:
        self.house.edit(self._item(number), author, moves_address=new, **times)
        self.house.finish_step()

    @rule(number=items)
    def autosave(self, number: int) -> None:
        self.house.autosave(self._item(number))
        self.house.finish_step()

    @rule(number=items, actor=actors)
    def submit(self, number: int, actor: str) -> None:
        self.house.submit(self._item(number), actor)
        self.house.finish_step()

    @rule(number=items, actor=actors, action=st.sampled_from(["approve", "approve", "reject"]))
    def decide(self, number: int, actor: str, action: str) -> None:
        under_review = [item for item in self.house.model.items if item.review]
        if under_review:
            self.house.decide(under_review[number % len(under_review)], actor, action=action)
        self.house.finish_step()

    @rule(number=items, editor=st.sampled_from(EDITORS), begins=hours, ends=ends)
    def bring_out(self, number: int, editor: str, **times: Any) -> None:
        self.house.bring_out(self._item(number), "officer2", editor, **times)
        self.house.finish_step()

    @rule(number=items, later=st.sampled_from([-1.0, 1.0, 4.0]))
    def postpone(self, number: int, later: float) -> None:
        self.house.postpone(self._item(number), later)
        self.house.finish_step()

    @rule(number=items, actor=actors)
    def copy(self, number: int, actor: str) -> None:
        self.house.copy(self._item(number), actor)
        self.house.finish_step()

    @rule(number=items)
    def alias(self, number: int) -> None:
        self.house.alias(self._item(number))
        self.house.finish_step()

    @rule(number=items)
    def move(self, number: int) -> None:
        self.house.move(self._item(number))
        self.house.finish_step()

    @rule(number=items, language=st.sampled_from(LANGUAGES))
    def translate(self, number: int, language: str) -> None:
        self.house.translate(self._item(number), language)
        self.house.finish_step()

    @rule(number=items)
    def retract(self, number: int) -> None:
        self.house.retract(self._item(number))
        self.house.finish_step()

    @rule(number=items, actor=actors)
    def release_alone(self, number: int, actor: str) -> None:
        editors.release_alone(self.house, self._item(number), actor)
        self.house.finish_step()

    @rule(number=items, actor=st.sampled_from(EDITORS))
    def countersign(self, number: int, actor: str) -> None:
        alone = [i for i in self.house.model.items if i.alone or i.approved_alone]
        if alone:
            editors.countersign(self.house, alone[number % len(alone)], actor)
        self.house.finish_step()

    @rule(number=items, actors=st.tuples(actors, actors))
    def tell_why_it_is_gone(self, number: int, actors: tuple[str, str]) -> None:
        gone = [item for item in self.house.model.items if item.is_withdrawn]
        item = gone[number % len(gone)] if gone else self._item(number)
        editors.propose_notice(self.house, item, actors[0])
        self.house.finish_step()
        editors.decide_notice(self.house, item, actors[1])
        self.house.finish_step()

    @rule(number=items, editor=st.sampled_from(EDITORS))
    def invite(self, number: int, editor: str) -> None:
        waiting = [i for i in self.house.model.items if i.approved and i.kind == "release"]
        item = waiting[number % len(waiting)] if waiting else self._item(number)
        editors.invite_journalist(self.house, item, editor)
        self.house.finish_step()

    @rule(number=items, editor=st.sampled_from(EDITORS))
    def revoke(self, number: int, editor: str) -> None:
        editors.revoke_invitation(self.house, number, editor)
        self.house.finish_step()

    @rule(number=items)
    def force(self, number: int) -> None:
        self.house.force(self._item(number))
        self.house.finish_step()

    @rule(number=items)
    def exchange_picture(self, number: int) -> None:
        self.house.exchange_picture(self._item(number))
        self.house.finish_step()

    @rule(passed=st.sampled_from([0.5, 1.0, 3.0, 25.0]))
    def wait(self, passed: float) -> None:
        self.house.wait(passed)
        self.house.finish_step()

    @rule(number=items)
    def wait_until_just_before(self, number: int) -> None:
        self.house.wait_until_just_before(self._item(number))
        self.house.finish_step()

    @rule()
    def work(self) -> None:
        self.house.work()
        self.house.finish_step()

    @rule(place=st.sampled_from(PLACES), after=st.integers(0, 2))
    def kill_worker(self, place: str, after: int) -> None:
        self.house.kill_worker(place, after)
        self.house.finish_step()

    @precondition(lambda self: self.does_ship)
    @rule()
    def ship(self) -> None:
        self.house.ship()
        self.house.finish_step()
