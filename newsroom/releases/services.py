"""State changes of releases before anybody approves them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from newsroom.members.models import MemberPage
from newsroom.press.models import Boilerplate, PressContact
from newsroom.press.selectors import choosable
from newsroom.releases.models import PressReleasePage
from newsroom.releases.parts import ReleaseContact
from newsroom.releases.selectors import nameable

# What is taken over. Whatever is not named here begins anew: address, dates, embargo, notes.
WORDS = ("title", "kind", "kicker", "lead", "dateline_place", "body", "issuing_member")
PARTS = ("pictures", "region_links", "co_issuers", "related_links")


@transaction.atomic
def start_from(*, version: Any, parent: Any, user: Any, now: datetime) -> PressReleasePage:
    """Return a new draft below `parent` with the words of `version`, written by `user`.

    Nothing of its approval comes along. Of boilerplates and contacts the newest versions are
    taken, as far as the user may choose them.
    """
    draft = PressReleasePage(
        **{name: getattr(version, name) for name in WORDS},
        dateline_date=timezone.localdate(now),
        boilerplate=_newest(Boilerplate, version.boilerplate, user),
        owner=user,
        locale=parent.locale,
        live=False,
    )
    draft.topics = list(version.topics.all())
    for name in PARTS:
        setattr(draft, name, [_copy(part) for part in getattr(version, name).all()])
    draft.related_links = _nameable(draft.related_links, PressReleasePage, "release_id", user, now)
    draft.co_issuers = _nameable(draft.co_issuers, MemberPage, "member_id", user, now)
    contacts = [_newest(PressContact, contact, user) for contact in version.contacts()]
    draft.contact_links = [ReleaseContact(contact=contact) for contact in contacts if contact]
    parent.add_child(instance=draft)
    revision = draft.save_revision(user=user, clean=False)
    log(instance=draft, action="wagtail.create", user=user, revision=revision, content_changed=True)
    return draft


def _nameable(parts: Any, model: type[Any], of: str, user: Any, now: datetime) -> list[Any]:
    """Return the parts that name what `user` may name: a draft of others would tell its title."""
    named = model.objects.filter(pk__in=[getattr(part, of) for part in parts.all()])
    known = set(nameable(named, user=user, now=now).values_list("pk", flat=True))
    return [part for part in parts.all() if getattr(part, of) in known]


def _newest(model: type[Any], version: Any | None, user: Any) -> Any | None:
    if version is None:
        return None
    newest = version.newer() or version
    return choosable(model, user).filter(pk=newest.pk).first()


def _copy(part: Any) -> Any:
    kept = [field for field in part._meta.concrete_fields if field.name not in ("id", "page")]
    return type(part)(**{field.attname: getattr(part, field.attname) for field in kept})
