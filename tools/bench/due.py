"""A hundred approved releases that are due in the same second, made by the newsroom's services."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from cms.accounts.models import User
from cms.accounts.roles import EDITOR, PRESS_OFFICER
from cms.media.models import NewsImage
from newsroom.approval.models import Receipt
from newsroom.members.models import MemberIndexPage, MemberPage, MemberRegion
from newsroom.press.models import Boilerplate, PressContact
from newsroom.regions.models import Region
from newsroom.releases.models import (
    NewsroomIndexPage,
    PressReleasePage,
    ReleaseContact,
    ReleasePicture,
    ReleaseRegion,
)
from newsroom.vocabularies.models import Term
from tools.bench.corpus import Vocabulary

WORD = "Stundenschlag"  # found in each of them and nowhere else
MEMBERS = 5
PICTURES = 10
PARAGRAPHS, WORDS = 6, 60
LAID_READY = timedelta(seconds=70)  # before the hour the last approval must have been given
RESERVE = 1.5  # a release takes that much longer than a profile, at most
BESIDES = timedelta(seconds=30)  # for pictures and previews


def releases(count: int) -> tuple[list[PressReleasePage], datetime]:
    """Return `count` releases, approved by a second person, and the hour (UTC) they are due at.

    Each has about 3 KB of text, a picture, two regions, topics, a boilerplate and a contact. The
    editor has looked at each picture on its page, as whoever approves does. Raises RuntimeError
    when the machine is too slow to approve them in time.
    """
    writer, editor = _account("bench-presse", PRESS_OFFICER), _account("bench-redaktion", EDITOR)
    chance = random.Random(3)  # noqa: S311 - measurements, not secrets
    vocabulary = Vocabulary(seed=3)
    regions = list(Region.objects.order_by("key"))
    started = timezone.now()
    houses = [_house(number, regions[number], writer, editor) for number in range(MEMBERS)]
    pace = (timezone.now() - started) / MEMBERS
    hour = timezone.now() + LAID_READY + BESIDES + RESERVE * count * pace
    hour = hour.replace(microsecond=0)
    pictures = [_picture(number) for number in range(PICTURES)]
    topics = list(Term.objects.filter(vocabulary=Term.Vocabulary.TOPIC))
    newsroom = NewsroomIndexPage.objects.get(locale__language_code="de")
    made = []
    for number in range(count):
        member, boilerplate, contact = houses[number % MEMBERS]
        page = PressReleasePage(
            title=f"{WORD} {number}: {vocabulary.text(5)}",
            slug=f"stundenschlag-{number}",
            kicker="Messung",
            lead=vocabulary.text(30),
            dateline_place="Hannover",
            dateline_date=timezone.localdate(hour),
            body=[("paragraph", f"<p>{vocabulary.text(WORDS)}.</p>") for _ in range(PARAGRAPHS)],
            issuing_member=member,
            boilerplate=boilerplate,
            go_live_at=hour,
            locale=newsroom.locale,
            owner=writer,
            live=False,
        )
        page.topics = chance.sample(topics, 2)
        page.region_links = [ReleaseRegion(region=each) for each in chance.sample(regions, 2)]
        page.contact_links = [ReleaseContact(contact=contact)]
        page.pictures = [
            ReleasePicture(
                image=pictures[number % PICTURES],
                caption=vocabulary.text(8),
                alt_text=vocabulary.text(8),
                credit_line="Messung",
            )
        ]
        newsroom.add_child(instance=page)
        _approve(page, writer, editor)
        made.append(page)
    for page in made[:PICTURES]:
        page.make_preview_request()
    left = hour - timezone.now()
    waiting = Receipt.objects.filter(state=Receipt.State.APPROVED, due_at=hour).count()
    if left < LAID_READY or waiting != count:
        raise RuntimeError(f"{waiting} releases wait, {left} before their hour: too slow a machine")
    return made, hour


def _account(name: str, role: Any) -> User:
    account = User.objects.create_user(username=name, email=f"{name}@example.org")
    account.groups.add(Group.objects.get(name=role.group))
    return account


def _house(
    number: int, region: Region, writer: User, editor: User
) -> tuple[MemberPage, Boilerplate, PressContact]:
    parent = MemberIndexPage.objects.get(locale__language_code="de")
    page = MemberPage(
        title=f"Messhaus {number}",
        summary="Ein Mitglied zum Messen.",
        provider_kind=Term.objects.filter(vocabulary=Term.Vocabulary.PROVIDER_KIND).first(),
        locale=parent.locale,
        live=False,
    )
    page.region_links = [MemberRegion(region=region)]
    parent.add_child(instance=page)
    _approve(page, writer, editor)
    member = MemberPage.objects.get(pk=page.pk)
    texts = {"heading": "Über das Messhaus", "text": "Es misst."}
    contact = PressContact.objects.create(member=member, name="Pressestelle", phone="+49 511 1234")
    return member, Boilerplate.objects.create(member=member, **texts), contact


def _picture(number: int) -> NewsImage:
    buffer = BytesIO()
    colours: Sequence[int] = (20 * number, 100, 120)
    Image.new("RGB", (960, 640), tuple(colours)).save(buffer, "JPEG")
    name = f"messung-{number}.jpg"
    picture = NewsImage(title=name, file=ContentFile(buffer.getvalue(), name=name))
    picture.save()
    return picture


def _approve(page: Any, writer: User, editor: User) -> None:
    page.save_revision(user=writer)
    page.get_workflow().start(page, writer)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, editor, "approve")
