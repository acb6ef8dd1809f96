"""Pages and people for tests. A page is a draft until `publish` has led it through four eyes."""

from datetime import date, datetime
from functools import cache
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.blocks import StreamValue
from wagtail.models import Collection, Locale, Page
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.accounts.roles import EDITOR, PRESS_OFFICER, TRANSLATOR, Role
from cms.media.models import NewsFile, NewsImage
from cms.setup.services import PRESS_OFFICE, allow_on_page
from newsroom.approval import services
from newsroom.approval.fingerprint import fingerprint
from newsroom.members.models import House, MemberIndexPage, MemberPage, MemberRegion
from newsroom.offers.models import OfferPage, OfferRegion
from newsroom.press.models import Boilerplate, PressContact
from newsroom.releases.models import (
    NewsroomIndexPage,
    PressReleasePage,
    ReleasePicture,
    ReleaseRegion,
)
from newsroom.vocabularies.models import Term

WOLFENBUETTEL_DISTRICT = "03158"
WOLFENBUETTEL_TOWN = "031580037037"
GOSLAR_DISTRICT = "03153"
LOWER_SAXONY = "03"

_numbers = count(1)


def user(role: Role | None = None, **fields: Any) -> User:
    """Return a new account with a role."""
    name = fields.pop("username", f"user{next(_numbers)}")
    account = User.objects.create_user(username=name, email=f"{name}@example.org", **fields)
    if role:
        account.groups.add(Group.objects.get(name=role.group))
    return account


def officer(**fields: Any) -> User:
    return user(PRESS_OFFICER, **fields)


def editor(**fields: Any) -> User:
    return user(EDITOR, **fields)


def translator(**fields: Any) -> User:
    return user(TRANSLATOR, **fields)


def superuser(**fields: Any) -> User:
    return user(is_superuser=True, is_staff=True, **fields)


def english(account: User) -> User:
    """Let the admin speak English to an account; return it."""
    profile = UserProfile.get_for_user(account)
    profile.preferred_language = "en"
    profile.save()
    return account


@cache
def jpeg(colour: str = "teal") -> bytes:
    """Return a small picture."""
    buffer = BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def image(**fields: Any) -> NewsImage:
    """Return a stored picture, of the press office unless a collection is named."""
    number = next(_numbers)
    file = ContentFile(jpeg(), name=f"picture-{number}.jpg")
    fields.setdefault("collection", _press_office())
    picture = NewsImage(title=f"Bild {number}", file=file, **fields)
    picture.save()
    return picture


def file(content: bytes = b"Ort;Zahl\nGoslar;3\n", *, name: str = "zahlen.csv") -> NewsFile:
    """Return a stored file of the press office."""
    stored = NewsFile(
        title=f"Datei {next(_numbers)}",
        file=ContentFile(content, name=name),
        collection=_press_office(),
    )
    stored.save()
    return stored


def _press_office() -> Collection:
    """Return the press office's collection; the whole library where no house was built."""
    found = Collection.objects.filter(name=PRESS_OFFICE).first()
    return found or Collection.get_first_root_node()


def boilerplate(member: MemberPage, **fields: Any) -> Boilerplate:
    """Return what a member says about itself."""
    texts = {"heading": "Über das Mitglied", "text": "Das Mitglied hilft beim Ankommen."}
    return Boilerplate.objects.create(member=member, **{**texts, **fields})


def contact(member: MemberPage, **fields: Any) -> PressContact:
    """Return a press contact of a member."""
    number = next(_numbers)
    texts = {"name": f"Pressestelle {number}", "phone": "+49 531 1234"}
    return PressContact.objects.create(member=member, **{**texts, **fields})


def house_of(member: MemberPage) -> House:
    """Return the house of a member's profile, in whatever language it is."""
    return House.objects.get(member_key=member.translation_key)


def house_keeper(member: MemberPage, **fields: Any) -> User:
    """Return a press officer who works in the house of one member."""
    account = officer(**fields)
    group = Group.objects.create(name=f"Haus {next(_numbers)}")
    allow_on_page(group, member, "add", "change")
    account.groups.add(group)
    return account


def member(*, regions: tuple[str, ...] = (WOLFENBUETTEL_DISTRICT,), **fields: Any) -> MemberPage:
    """Return a member's profile as a draft."""
    number = next(_numbers)
    parent = MemberIndexPage.objects.get(locale__language_code="de")
    page = MemberPage(
        **{
            "title": f"Mitglied {number}",
            "summary": "Ein Mitglied für Tests.",
            "provider_kind": Term.objects.get(vocabulary="provider_kind", slug="municipal"),
            "locale": parent.locale,
            "live": False,
            **fields,
        }
    )
    page.region_links = [MemberRegion(region_id=key) for key in regions]
    return parent.add_child(instance=page)


def offer(
    provider: MemberPage, *, regions: tuple[str, ...] = (WOLFENBUETTEL_DISTRICT,), **fields: Any
) -> OfferPage:
    """Return an offer of a member as a draft."""
    page = OfferPage(
        **{
            "title": f"Angebot {next(_numbers)}",
            "summary": "Ein Angebot für Tests.",
            "locale": provider.locale,
            "live": False,
            **fields,
        }
    )
    page.region_links = [OfferRegion(region_id=key) for key in regions]
    return provider.add_child(instance=page)


def release(
    *,
    regions: tuple[str, ...] = (WOLFENBUETTEL_DISTRICT,),
    picture: NewsImage | None = None,
    issuing_member: MemberPage | None = None,
    owner: User | None = None,
    **fields: Any,
) -> PressReleasePage:
    """Return a complete press release as a draft."""
    number = next(_numbers)
    parent = NewsroomIndexPage.objects.get(locale__language_code="de")
    page = PressReleasePage(
        **{
            "title": f"Mitteilung {number}",
            "kicker": "Bündnis",
            "lead": "Der erste Absatz sagt, worum es geht.",
            "dateline_place": "Wolfenbüttel",
            "dateline_date": date(2026, 11, 23),
            "body": [("paragraph", f"<p>Der Text der Mitteilung {number}.</p>")],
            "issuing_member": issuing_member or member(),
            "locale": parent.locale,
            "owner": owner,
            "live": False,
            **fields,
        }
    )
    page.region_links = [ReleaseRegion(region_id=key) for key in regions]
    if picture:
        page.pictures = [
            ReleasePicture(
                image=picture,
                caption="Markt",
                alt_text="Häuser am Markt",
                credit_line="Test",
                licence="CC0",
            )
        ]
    return parent.add_child(instance=page)


def translation(page: Any, language: str, *, by: User, **texts: Any) -> Any:
    """Return a translated draft of `page`, written by `by`; what is not given says its language."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=language))
    own = {name: _in_language(getattr(page, name), language) for name in page.must_be_translated}
    for name, value in {**own, **texts}.items():
        setattr(copy, name, value)
    copy.draft_title = copy.title
    copy.save()
    copy.save_revision(user=by)
    return copy


def _in_language(value: Any, language: str) -> Any:
    if isinstance(value, StreamValue):
        words = ("paragraph", f"<p>Text in {language}</p>")
        return [words, *((block.block_type, block.value) for block in value)]
    return f"{value} ({language})" if value else value


def submit(page: Any, *, by: User) -> Any:
    """Save a revision by `by` and submit it; return the page.

    A change of a published text tells its readers something, like the form demands.
    """
    if page.first_published_at and hasattr(page, "change_kind"):
        page.change_kind = page.change_kind or "update"
        page.change_note = page.change_note or f"Fassung {next(_numbers)}"
    page.save_revision(user=by, clean=False)  # a draft may be incomplete
    page.get_workflow().start(page, by)
    return page


def decide(page: Any, *, by: User, action: str = "approve") -> Any:
    """Carry out a decision about the page under review; return the page as stored."""
    state = type(page).objects.get(pk=page.pk).current_workflow_task_state
    state.task.specific.on_action(state, by, action)
    return type(page).objects.get(pk=page.pk)


def release_alone(page: Any, *, by: User, now: datetime, reason: str = "Sturmflut") -> Any:
    """Publish the newest version in an emergency; return its receipt."""
    seen = fingerprint(Page.objects.get(pk=page.pk).latest_revision.content)
    return services.release_alone(page=page, seen=seen, user=by, reason=reason, now=now)


def publish(page: Any, *, by: User | None = None, approved_by: User | None = None) -> Any:
    """Lead the page through four eyes; return it as stored."""
    submit(page, by=by or officer())
    return decide(page, by=approved_by or editor())
