"""Who builds an index, and how far: the state that outlives a killed builder.

One builder per language holds a lease, fenced by a token; its successor goes on where it stopped.
"""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from search.models import IndexBuild

LEASE = timedelta(seconds=20)  # renewed with every page; one bulk request may take ten


class LeaseLost(Exception):
    """Somebody else builds this index by now."""


def claim(language: str, *, now: datetime) -> IndexBuild | None:
    """Take the lease on building a language's index; None while somebody else holds it.

    What it returns may be half done (`index` is set). Must not run inside a transaction.
    """
    token = uuid.uuid4().hex
    lease = {"lease_token": token, "leased_until": now + LEASE}
    builds = IndexBuild.objects.filter(language=language)
    try:
        with transaction.atomic(durable=True):
            if not builds.filter(leased_until__lte=now).update(**lease):
                if builds.exists():
                    return None
                IndexBuild.objects.create(language=language, started_at=now, **lease)
    except IntegrityError:
        return None
    return builds.filter(lease_token=token).first()


def note(build: IndexBuild, **state: str | int) -> None:
    """Store how far a build is, and renew its lease. Raises LeaseLost."""
    for name, value in state.items():
        setattr(build, name, value)
    held = IndexBuild.objects.filter(pk=build.pk, lease_token=build.lease_token)
    if not held.update(leased_until=timezone.now() + LEASE, **state):
        raise LeaseLost(f"Somebody else builds the index of {build.language!r} by now.")


def release(build: IndexBuild) -> None:
    """Let the next builder go on at once."""
    held = IndexBuild.objects.filter(pk=build.pk, lease_token=build.lease_token)
    held.update(leased_until=timezone.now())


def end(build: IndexBuild) -> None:
    """Forget a build: it is done, or not worth going on with."""
    IndexBuild.objects.filter(pk=build.pk, lease_token=build.lease_token).delete()


def abandoned(*, now: datetime) -> list[str]:
    """Return the languages whose builder was killed."""
    return list(IndexBuild.objects.filter(leased_until__lte=now).values_list("language", flat=True))
