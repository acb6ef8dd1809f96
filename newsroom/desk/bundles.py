"""One letter a person about many texts: what was imported together, what was approved together."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cms.pages.addresses import absolute
from newsroom.approval.bundles import Bundle
from newsroom.approval.models import FourEyesTask, Receipt
from newsroom.desk import letters, people, selectors
from newsroom.desk.post import name_of, post


def tell_of_bundle(sender: Any, bundle: Bundle, **kwargs: Any) -> None:
    """Tell those who can decide what waits for them, and the authors what was approved."""
    now = timezone.now()
    if bundle.submitted:
        _tell_deciders(bundle, now)
    if bundle.approved:
        _tell_authors(bundle, now)


def _tell_deciders(bundle: Bundle, now: datetime) -> None:
    tasks = FourEyesTask.objects.filter(task_states__in=bundle.submitted)
    members = people.accounts().filter(groups__in=tasks.values("groups")).distinct()
    for user in members.order_by("pk"):
        waiting = selectors.waiting_for(user).filter(pk__in=bundle.submitted).count()
        if waiting and people.may_enter(user):
            post(
                letter=letters.submitted_together(
                    name=bundle.name,
                    count=waiting,
                    by=name_of(bundle.by),
                    link=absolute(bundle.path),
                ),
                to=[user],
                occasion=f"submitted-from-{bundle.submitted[0]}",
                kind="submitted",
                now=now,
            )


def _tell_authors(bundle: Bundle, now: datetime) -> None:
    receipts = Receipt.objects.filter(pk__in=bundle.approved)
    rows = receipts.values_list("page_id", "submitted_by", "revision__user", "state")
    public = {page for page, *_who, state in rows if state == Receipt.State.LIVE}
    own: dict[int, set[int]] = {}
    for page, *who, _state in rows:
        for account in filter(None, who):
            own.setdefault(account, set()).add(page)
    for author in people.accounts().filter(pk__in=own).order_by("pk"):
        pages = own[author.pk]
        told = people.with_deputies([author], now=now, may=partial(_may_open_some, pages))
        for user in told:
            if not people.may_enter(user) or not (known := _open_to(user, pages)):
                continue
            post(
                letter=letters.approved_together(
                    name=bundle.name,
                    count=len(known),
                    public=len(known & public),
                    by=name_of(bundle.by),
                    link=absolute(reverse("wagtailadmin_home")),
                ),
                to=[user],
                occasion=f"approved-from-{bundle.approved[0]}-{author.pk}",
                kind="approved",
                now=now,
            )


def _may_open_some(pages: Iterable[int], user: Any) -> bool:
    return bool(_open_to(user, pages))


def _open_to(user: Any, pages: Iterable[int]) -> set[int]:
    """Return those of `pages` that `user` can open in the admin."""
    return set(selectors.editable(user).filter(pk__in=pages).values_list("pk", flat=True))
