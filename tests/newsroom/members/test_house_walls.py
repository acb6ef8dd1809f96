"""No page of the admin shows or changes another house's unpublished things."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.serializers import serialize
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.site_summary import PagesSummaryItem, SiteSummaryPanel
from wagtail.documents.models import Document
from wagtail.models import GroupCollectionPermission, Page, Revision, TaskState

from cms.media.models import NewsImage
from cms.pages.reach import look_as
from newsroom.members.houses import is_confined
from newsroom.members.models import House, MemberPage
from newsroom.members.services import found_house
from tests import factories
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

SECRET = "Geheimsache"
ADMIN = "http://testserver/admin"


class World:
    """House A with a person, house B with a public page, drafts, a picture and a file."""

    def __init__(self) -> None:
        self.a = factories.publish(factories.member(title="Haus A"))
        self.b = factories.publish(factories.member(title="Haus B"))
        self.person = factories.user(password="x")
        self.person.groups.add(factories.house_of(self.a).group)
        self.neighbour = factories.user()
        self.neighbour.groups.add(factories.house_of(self.b).group)
        self.own = factories.offer(self.a, title="Eigener Entwurf", owner=self.person)
        self.own.save_revision(user=self.person)
        self.draft = factories.offer(self.b, title=f"{SECRET} Angebot")
        factories.submit(self.draft, by=self.neighbour)
        self.public = factories.publish(factories.offer(self.b, title="Offenes Angebot"))
        self.public.title = f"{SECRET} neuer Titel"
        self.public.save_revision(user=self.neighbour)
        house = factories.house_of(self.b)
        self.image = factories.image(collection=house.collection)
        self.image.title = f"{SECRET} Bild"
        self.image.save()
        self.document = Document.objects.create(
            title=f"{SECRET} Datei", file=ContentFile(b"x", "d.pdf"), collection=house.collection
        )
        self.central = factories.image()
        self.central.title = f"{SECRET} zentral"
        self.central.save()
        self.state = TaskState.objects.get(workflow_state__object_id=str(self.draft.pk))

    def arguments(self, page: Any) -> dict[str, Any]:
        revision = page.latest_revision
        return {
            "page_id": page.pk, "parent_page_id": page.pk, "page_to_move_id": page.pk,
            "destination_id": self.a.pk, "revision_id": revision.pk, "revision_id_a": revision.pk,
            "revision_id_b": "latest", "task_id": self.state.task_id,
            "task_state_id": self.state.pk, "workflow_state_id": self.state.workflow_state_id,
            "content_type_app_name": "offers", "content_type_model_name": "offerpage",
            "image_id": self.image.pk, "document_id": self.document.pk, "doc_id": self.document.pk,
            "filter_spec": "max-100x100", "collection_id": self.image.collection_id,
            "page_pk": page.pk, "session_id": 1, "object_id": str(page.pk),
            "uploaded_file_id": 1, "workflow_pk": 1, "app_name": "wagtailcore",
        }  # fmt: skip


@pytest.fixture
def world(house) -> World:
    return World()


def addresses(world: World) -> Iterator[str]:
    """Yield every address of the admin, filled with the other house's things."""
    for route in _routes(get_resolver(), ""):
        if route.startswith("admin/") and "logout" not in route and "failwhale" not in route:
            # Of a public page the new title is secret, where pages are chosen above all.
            for page in (world.draft, world.public) if "choose" in route else (world.draft,):
                yield "/" + _filled(route, world, page)


def _filled(route: str, world: World, page: Any) -> str:
    known = {**world.arguments(page), "action_name": "approve", **_spaces(route, world, page)}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(known.get(found[1], page.pk)), route)


def _spaces(route: str, world: World, page: Any) -> dict[str, Any]:
    pk = page.pk
    if "images" in route:
        pk = world.image.pk
    elif "documents" in route:
        pk = world.document.pk
    model = {"app_label": "wagtailcore", "model_name": "page", "action": "delete", "pk": pk}
    if "choose_parent" in route or "pages/create" in route:
        model |= {"app_label": "offers", "model_name": "offerpage"}
    return model


def _routes(resolver: Any, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        text = str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, prefix + text)
        elif isinstance(entry, URLPattern):
            text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text).replace("\\.", ".")
            yield (prefix + text).replace("^", "").replace("$", "")


QUERY = "?id={id}&id=all&childOf={parent}&q=Geheim&page_type=offers.OfferPage&multiple=1"


def stored() -> str:
    """Return everything that an attack could change."""
    models = (Page, MemberPage, NewsImage, Document, TaskState, House, Revision)
    return "".join(serialize("json", model.objects.order_by("pk")) for model in models)


def test_no_address_of_the_admin_shows_a_thing_of_another_house(world, client):
    client.force_login(world.person)
    client.raise_request_exception = False  # the platform fails on some of these
    leaks = []
    for address in dict.fromkeys(addresses(world)):
        pk = world.image.pk if "image" in address else world.draft.pk
        for query in ("", QUERY.format(id=pk, parent=world.b.pk)):
            response = client.get(address + query, follow=True)
            if SECRET in response.getvalue().decode(errors="ignore"):
                leaks.append(address + query)
    assert not leaks


def test_no_forged_post_changes_or_shows_a_thing_of_another_house(world, client):
    client.force_login(world.person)
    client.raise_request_exception = False
    before = stored()
    form = {
        "title": "Gekapert", "slug": "gekapert", "summary": "x", "action-submit": "1",
        "new_title": "Kopie", "new_slug": "kopie", "new_parent_page": world.a.pk,
        "copy_subpages": "on", "next": "/admin/", "comment": "x", "id": world.draft.pk,
        "collection": world.image.collection_id, "confirm": "y",
    }  # fmt: skip
    for address in dict.fromkeys(addresses(world)):
        if any(own in address for own in ("/account/", "/login/", "dismissibles")):
            continue
        response = client.post(address + f"?id={world.draft.pk}", form)
        assert SECRET not in response.getvalue().decode(errors="ignore"), address
    assert stored() == before


def test_a_person_of_a_house_still_works_in_it(world, client):
    client.force_login(world.person)
    for name in ("edit", "history", "usage", "copy", "delete", "move", "revisions"):
        response = client.get(f"/admin/pages/{world.own.pk}/{name}/", follow=True)
        assert response.status_code == 200, name
    for path in (
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{world.a.get_parent().pk}/",
        f"/admin/pages/{world.a.pk}/",
        f"/admin/pages/add/offers/offerpage/{world.a.pk}/",
        f"/admin/pages/add/releases/pressreleasepage/{world.a.pk}/",
        "/admin/images/",
        "/admin/images/add/",
        "/admin/images/chooser/",
        "/admin/documents/",
        f"/admin/bulk/wagtailcore/page/delete/?id={world.own.pk}",
    ):
        assert client.get(path, follow=True).status_code == 200, path


def test_the_page_chooser_offers_own_drafts_and_public_pages_by_their_public_title(world, client):
    client.force_login(world.person)
    shown = client.get("/admin/choose-page/search/?q=Angebot").content.decode()
    assert "Offenes Angebot" in shown
    assert SECRET not in shown
    assert "Eigener Entwurf" in client.get("/admin/choose-page/search/?q=Eigener").content.decode()
    start = client.get("/admin/choose-page/?page_type=offers.OfferPage", follow=True)
    assert start.status_code == 200


def test_an_editor_and_the_press_office_see_the_drafts_of_all_houses(world, client):
    for account in (factories.editor(), factories.superuser()):
        client.force_login(account)
        shown = client.get(f"/admin/choose-page/{world.b.pk}/").content.decode()
        assert f"{SECRET} Angebot" in shown
    client.force_login(factories.officer())
    assert SECRET in client.get("/admin/images/chooser/").content.decode()


def test_pictures_of_the_press_office_are_not_in_the_choosers_of_the_houses(world, client):
    client.force_login(world.person)
    assert SECRET not in client.get("/admin/images/chooser/results/").content.decode()
    for pk in (world.central.pk, world.image.pk):
        answer = client.get(f"/admin/images/chooser/chosen/{pk}/")
        assert answer.status_code == 404


def test_the_file_of_another_houses_picture_is_not_served_to_a_house(world, client):
    client.force_login(world.person)
    assert client.get(f"/media/{world.image.file.name}").status_code == 404
    client.force_login(world.neighbour)
    served = client.get(f"/media/{world.image.file.name}")
    assert served.status_code == 200
    served.close()


def test_a_house_covers_all_languages_and_is_founded_once(house):
    member = factories.publish(factories.member(title="Verein"))
    found = House.objects.get(member_key=member.translation_key)
    english = factories.translation(member, "en", by=factories.translator())
    pages = {right.page_id for right in found.group.page_permissions.all()}
    assert pages == {member.pk, english.pk}
    count = GroupCollectionPermission.objects.count()
    assert found_house(member=member, now=NOW) == found
    assert GroupCollectionPermission.objects.count() == count
    assert House.objects.filter(member_key=member.translation_key).count() == 1


def test_two_members_of_one_name_have_two_houses(house):
    first, second = factories.member(title="Verein"), factories.member(title="Verein")
    names = {factories.house_of(first).group.name, factories.house_of(second).group.name}
    assert names == {"Haus: Verein", "Haus: Verein (2)"}


def test_a_house_takes_its_members_new_name_when_it_is_public(house):
    member = factories.publish(factories.member(title="Alt"))
    member.title = "Neu"
    member.save_revision()
    assert factories.house_of(member).collection.name == "Alt"
    factories.publish(member)
    assert factories.house_of(member).collection.name == "Neu"
    assert factories.house_of(member).group.name == "Haus: Neu"


def test_only_those_who_work_everywhere_are_not_confined(house):
    for account in (factories.user(), factories.officer(), factories.translator()):
        assert is_confined(account)
    assert not is_confined(factories.editor())
    assert not is_confined(factories.superuser())


def test_a_strange_page_says_that_it_is_public_and_nothing_of_its_draft(world):
    page = factories.publish(factories.release(title="Öffentlich"))
    page.title = SECRET
    page.save_revision()
    page = Page.objects.get(pk=page.pk).specific

    look_as(world.person)
    try:
        assert page.status_string == "öffentlich"
        assert page.get_admin_display_title() == "Öffentlich"
        page.live = False
        assert page.status_string == ""
    finally:
        look_as(None)


def test_the_press_office_is_a_house_like_the_others(client, house):
    draft = factories.release(title="Entwurf der Pressestelle")
    strange = factories.offer(factories.publish(factories.member(title="Verein")), title="Geheim")
    client.force_login(factories.officer())

    known = client.get(reverse("wagtailadmin_choose_page_child", args=[house.newsroom.pk]))
    profile = strange.get_parent()
    strangers = client.get(reverse("wagtailadmin_choose_page_child", args=[profile.pk]))

    assert draft.title in known.content.decode()
    assert strangers.status_code == 200  # the profile is public
    assert strange.title not in strangers.content.decode()


def test_the_press_office_does_not_see_what_members_have_uploaded(client, house):
    member = factories.publish(factories.member(title="Verein"))
    picture = factories.image(collection=factories.house_of(member).collection)
    own = factories.image()
    client.force_login(factories.officer())

    assert client.get(own.file.url).status_code == 200
    assert client.get(picture.file.url).status_code == 404
    listed = client.get(reverse("wagtailimages_chooser:choose")).content.decode()
    assert own.title in listed
    assert picture.title not in listed
    client.force_login(factories.translator())
    assert client.get(picture.file.url).status_code == 200  # drafts they translate may show it


def test_the_home_of_a_house_does_not_count_the_pages_of_others(rf, house):
    def is_counted(account):
        request = rf.get("/admin/")
        request.user = account
        return any(
            isinstance(item, PagesSummaryItem) for item in SiteSummaryPanel(request).summary_items
        )

    assert is_counted(factories.editor())
    assert not is_counted(factories.officer())
