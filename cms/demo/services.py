"""Loading the demonstration, by the same services that people use."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from wagtail.models import Locale, Page

from cms.accounts.models import User
from cms.demo.people import create_people, give_house
from cms.demo.pictures import draw
from cms.mail.models import Mail
from cms.media.models import NewsFile, NewsImage
from cms.setup.services import House, answer_new_languages, build_house
from newsroom.approval.worker import publish_due
from newsroom.desk.models import Announcement
from newsroom.members.models import MemberPage, MemberRegion
from newsroom.offers.models import OfferHours, OfferPage, OfferPlace, OfferRegion
from newsroom.press.models import Boilerplate, PressContact
from newsroom.regions.services import load_gazetteer
from newsroom.releases.models import (
    PressReleasePage,
    RelatedRelease,
    ReleaseContact,
    ReleaseIssuer,
    ReleasePicture,
    ReleaseRegion,
)
from newsroom.vocabularies.models import Term

CONTENT = Path(__file__).parent / "content"
# The member whose house the account `mitglied` keeps.
HOUSE_OF_MITGLIED = 1
# The office of the alliance: the account `presse` may choose its boilerplates and contacts.
HOUSE_OF_PRESSE = "demo-buendnis"


def load_demo(*, now: datetime) -> bool:
    """Load the demonstration into a house without members; return whether anything was loaded.

    What people have written since is never touched.
    """
    load_gazetteer()
    house = build_house(now=now, tree=CONTENT / "pages.json")
    answer_new_languages(house=house, now=now)
    users = create_people()
    if MemberPage.objects.exists():
        return False
    _Loader(house=house, users=users).load(now=now)
    publish_due(now=now)
    # What was told about the invented past is told to nobody.
    Mail.objects.all().delete()
    Announcement.objects.all().delete()
    return True


class _Loader:
    """Writes the demo content page by page: one person writes, another approves."""

    def __init__(self, *, house: House, users: dict[str, User]) -> None:
        self.house = house
        self.users = users
        self.terms = {(term.vocabulary, term.slug): term for term in Term.objects.all()}
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.members: dict[str, MemberPage] = {}
        self.images: dict[str, NewsImage] = {}
        self.files: dict[str, NewsFile] = {}
        self.releases: dict[str, PressReleasePage] = {}

    def load(self, *, now: datetime) -> None:
        for entry in _read("members"):
            self.members[entry["id"]] = self._member(entry)
        for entry in _read("offers"):
            self._offer(entry)
        for entry in sorted(_read("releases"), key=lambda entry: entry["date"]):
            self._release(entry)
        give_house(self.users["mitglied"], list(self.members.values())[HOUSE_OF_MITGLIED], now=now)
        give_house(self.users["presse"], self.members[HOUSE_OF_PRESSE], now=now)

    def _terms(self, vocabulary: str, slugs: list[str]) -> list[Term]:
        return [self.terms[vocabulary, slug] for slug in slugs]

    @transaction.atomic
    def _member(self, entry: dict[str, Any]) -> MemberPage:
        page = MemberPage(
            title=entry["title"],
            slug=entry["id"],
            short_name=entry["short_name"],
            provider_kind=self.terms["provider_kind", entry["kind"]],
            summary=entry["summary"],
            description=entry["description"],
            website=entry["website"],
            email=entry["email"],
            phone=entry["phone"],
            address=entry["address"],
            latitude=entry["lat"],
            longitude=entry["lon"],
            since_year=entry["since"],
            locale=self.house.members.locale,
            live=False,
        )
        page.fields_of_action = self._terms("field_of_action", entry["fields_of_action"])
        page.region_links = [MemberRegion(region_id=key) for key in entry["regions"]]
        return self._publish_with_translations(page, self.house.members, entry, writer="presse")

    @transaction.atomic
    def _offer(self, entry: dict[str, Any]) -> None:
        provider = self.members[entry["member"]]
        page = OfferPage(
            title=entry["title"],
            slug=entry["id"],
            summary=entry["summary"],
            description=entry["description"],
            languages=", ".join(entry["languages"]),
            mode=entry["mode"],
            locale=provider.locale,
            live=False,
            **{
                name: entry.get(name) or ""
                for name in ("address", "times", "cost", "access", "registration", "contact")
            },
        )
        page.fields_of_action = self._terms("field_of_action", entry["fields_of_action"])
        page.target_groups = self._terms("target_group", entry["target_groups"])
        page.offer_types = self._terms("offer_type", entry.get("offer_types", []))
        page.accessibility = self._terms("access", entry.get("accessibility", []))
        page.is_free = entry.get("is_free", False)
        page.region_links = [OfferRegion(region_id=key) for key in entry["regions"]]
        page.places = [OfferPlace(**place) for place in entry.get("places", [])]
        page.hours = [
            OfferHours(
                weekday=day, opens_at=time.fromisoformat(begin), closes_at=time.fromisoformat(end)
            )
            for day, begin, end in entry.get("hours", [])
        ]
        self._publish_with_translations(page, provider, entry, writer="presse")

    @transaction.atomic
    def _release(self, entry: dict[str, Any]) -> None:
        picture = entry["picture"]
        member = self.members[entry["member"]]
        page = PressReleasePage(
            title=entry["title"],
            slug=entry["id"],
            kind=entry["kind"],
            kicker=entry["kicker"],
            lead=entry["lead"],
            dateline_place=entry["dateline_place"],
            dateline_date=date.fromisoformat(entry["date"]),
            body=self._body(entry["body"]),
            issuing_member=member,
            boilerplate=self._boilerplate(entry, member),
            locale=self.house.newsroom.locale,
            live=False,
        )
        page.topics = self._terms("topic", entry["topics"])
        page.region_links = [ReleaseRegion(region_id=key) for key in entry["regions"]]
        page.contact_links = self._contacts(entry, member)
        page.co_issuers = [
            ReleaseIssuer(member=self.members[key]) for key in entry.get("co_issuers", [])
        ]
        page.related_links = [
            RelatedRelease(release=self.releases[key]) for key in entry.get("related", [])
        ]
        page.pictures = [
            ReleasePicture(
                image=self._image(picture["file"], entry["title"]),
                caption=picture["caption"],
                alt_text=picture["alt_text"],
                credit_line=picture["credit_line"],
                licence=picture["licence"],
            )
        ]
        self.releases[entry["id"]] = self._publish_with_translations(
            page, self.house.newsroom, entry, writer="presse"
        )

    def _boilerplate(self, entry: dict[str, Any], member: MemberPage) -> Boilerplate | None:
        words = entry.get("boilerplate")
        return Boilerplate.objects.create(member=member, **words) if words else None

    def _contacts(self, entry: dict[str, Any], member: MemberPage) -> list[ReleaseContact]:
        return [
            ReleaseContact(contact=PressContact.objects.create(member=member, **words))
            for words in entry.get("contacts", [])
        ]

    def _body(self, parts: list[dict[str, Any]]) -> list[tuple[str, Any]]:
        return [(part["type"], self._value(part)) for part in parts]

    def _value(self, part: dict[str, Any]) -> Any:
        words = {name: value for name, value in part.items() if name not in ("type", "file")}
        match part["type"]:
            case "paragraph":
                return part["html"]
            case "heading":
                return part["text"]
            case "list":
                return part["items"]
            case "picture":
                return {**words, "image": self._image(part["file"], part["caption"])}
            case "file":
                return {**words, "file": self._file(part["file"], part["title"])}
            case "table":
                return {
                    "caption": part["caption"],
                    "columns": [{"type": "text", "heading": head} for head in part["columns"]],
                    "rows": [{"values": row} for row in part["rows"]],
                }
            case _:
                return words

    def _file(self, name: str, title: str) -> NewsFile:
        if name not in self.files:
            content = (CONTENT / "files" / name).read_bytes()
            file = NewsFile(
                title=title,
                file=ContentFile(content, name=name),
                collection=self.house.collection,
            )
            file.save()
            self.files[name] = file
        return self.files[name]

    def _image(self, name: str, title: str) -> NewsImage:
        if name not in self.images:
            file = SimpleUploadedFile(f"{name}.jpg", draw(name), content_type="image/jpeg")
            image = NewsImage(
                title=title,
                file=ImageFile(file, name=f"{name}.jpg"),
                collection=self.house.collection,
            )
            image.save()
            self.images[name] = image
        return self.images[name]

    def _publish_with_translations(
        self, page: Any, parent: Page, entry: dict[str, Any], *, writer: str
    ) -> Any:
        parent.add_child(instance=page)
        self._approve(page, writer=self.users[writer])
        page = type(page).objects.get(pk=page.pk)
        for code, texts in entry.get("translations", {}).items():
            self._translate(page, code, texts)
        return page

    def _translate(self, page: Any, code: str, texts: dict[str, Any]) -> None:
        locale = self.locales.get(code)
        if locale is None:
            return  # a language that the settings do not offer
        parent = page.get_parent().specific
        if not parent.has_translation(locale):
            return  # an offer whose provider has no profile in that language
        translated = page.copy_for_translation(locale)
        source = getattr(page, "issuing_member", None)
        house: Any = source and (source.get_translation_or_none(locale) or source)
        for name, value in texts.items():
            if name == "body":
                translated.body = self._body(value)
            elif name == "boilerplate":
                translated.boilerplate = self._boilerplate(texts, house)
            elif name == "contacts":
                translated.contact_links = self._contacts(texts, house)
            elif name == "picture":
                pictures = list(translated.pictures.all())
                for picture in pictures:
                    picture.caption = value.get("caption", picture.caption)
                    picture.alt_text = value.get("alt_text", picture.alt_text)
                    picture.credit_line = value.get("credit_line", picture.credit_line)
                translated.pictures = pictures
            elif hasattr(translated, name):
                setattr(translated, name, value)
        translated.draft_title = translated.title
        translated.save()
        self._approve(translated, writer=self.users["uebersetzung"])

    def _approve(self, page: Any, *, writer: User) -> None:
        page.save_revision(user=writer, log_action=True)
        page.get_workflow().start(page, writer)
        state = page.current_workflow_task_state
        state.task.specific.on_action(state, self.users["redaktion"], "approve")


def _read(name: str) -> Any:
    return json.loads((CONTENT / f"{name}.json").read_text(encoding="utf-8"))
