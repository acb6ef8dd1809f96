"""Building the house on an empty database: languages, tree, roles, workflow, vocabularies."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.accounts.roles import EDITOR, PRESS_OFFICER, ROLES, TRANSLATOR, Role
from cms.pages.models import HomePage, StandardPage
from newsroom.approval.models import FourEyesTask
from newsroom.approval.services import install
from newsroom.members.models import MemberIndexPage, MemberPage
from newsroom.members.services import found_house
from newsroom.releases.models import NewsroomIndexPage
from newsroom.vocabularies.services import load_terms
from search.documents import refresh_all

TREE = Path(__file__).parent / "tree.json"
WORKFLOW = "Freigabe"
PRESS_OFFICE = "Pressestelle"  # its collection of pictures and files
# Groups that Wagtail's own migrations make; they hold the right to publish.
STOCK_GROUPS = ("Moderators", "Editors")


@dataclass(frozen=True, slots=True)
class House:
    """The German trunk of the tree, the press office's pictures and files, the new languages."""

    home: HomePage
    newsroom: NewsroomIndexPage
    members: MemberIndexPage
    collection: Collection
    new_languages: tuple[str, ...]


@transaction.atomic
def build_house(*, now: datetime, tree: Path = TREE) -> House:
    """Create what is missing of languages, tree, roles, workflow and vocabularies.

    Running it again changes nothing. `tree` is a JSON file of the structural pages' texts:
    {page: {language: {"title": …, field: …}}}; they are public at once, because they come from
    the code; whoever changes them later needs a second person.
    """
    load_terms()
    content = json.loads(tree.read_text(encoding="utf-8"))
    root = Page.get_first_root_node()
    _remove_welcome_page(root)
    known = set(HomePage.objects.values_list("locale__language_code", flat=True))
    homes: dict[str, HomePage] = {}
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        homes[code] = _language_tree(root, code, content, original=homes, now=now)
    home = homes[settings.LANGUAGE_CODE]
    _site(home)
    groups = {role: _group(role) for role in ROLES}
    collection = _press_office()
    _rights(groups, homes, collection)
    for member in MemberPage.objects.order_by("pk"):  # of a time before houses
        found_house(member=member, now=now)
    _workflow(groups[EDITOR], root)
    return House(
        home=home,
        newsroom=NewsroomIndexPage.objects.child_of(home).get(),
        members=MemberIndexPage.objects.child_of(home).get(),
        collection=collection,
        new_languages=tuple(code for code in homes if code not in known),
    )


def answer_new_languages(*, house: House, now: datetime) -> None:
    """Let search answer readers of the languages that came with `build_house`.

    Each item says which readers it answers. What was published before a language came does not
    say so of it: for its readers there would be nothing. Not inside the house's transaction: each
    item has its own.
    """
    if house.new_languages:
        refresh_all(now=now)


def _remove_welcome_page(root: Page) -> None:
    """Delete the page that Wagtail's first migration makes, if nobody has used it."""
    for page in root.get_children().exact_type(Page):
        if page.is_leaf():
            Site.objects.filter(root_page=page).delete()
            page.delete()
    root.refresh_from_db()


def _site(home: HomePage) -> None:
    """Let the platform know the site under the address of the settings (BASE_URL)."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": address.port or (443 if address.scheme == "https" else 80),
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )


def _language_tree(
    root: Page, code: str, content: dict[str, Any], *, original: dict[str, HomePage], now: datetime
) -> HomePage:
    locale, _ = Locale.objects.get_or_create(language_code=code)
    source = original.get(settings.LANGUAGE_CODE)
    slug = "home" if code == settings.LANGUAGE_CODE else f"home-{code}"
    home = _page(root, HomePage, slug, _texts(content, "home", code), locale, source, now)
    for model, slug, key in (
        (NewsroomIndexPage, "newsroom", "newsroom_index"),
        (MemberIndexPage, "mitglieder", "member_index"),
        (StandardPage, "impressum", "imprint"),
        (StandardPage, "datenschutz", "privacy"),
        (StandardPage, "barrierefreiheit", "accessibility"),
    ):
        if key not in content:  # legal texts are the operator's, not the code's
            continue
        above = source and Page.objects.child_of(source).filter(slug=slug).first()
        _page(home, model, slug, _texts(content, key, code), locale, above, now)
    return home


def _texts(content: dict[str, Any], key: str, code: str) -> dict[str, Any]:
    if code not in content[key]:
        raise ImproperlyConfigured(
            f"The page “{key}” has no text in {code}: write it into the file of the tree."
        )
    texts: dict[str, Any] = content[key][code]
    return texts


def _page(
    parent: Page,
    model: type[Page],
    slug: str,
    fields: dict[str, Any],
    locale: Locale,
    source: Page | None,
    now: datetime,
) -> Any:
    found = model.objects.child_of(parent).filter(slug=slug).first()
    if found is not None:
        return found
    page = model(
        slug=slug,
        locale=locale,
        live=False,
        show_in_menus=model in (NewsroomIndexPage, MemberIndexPage),
        **fields,
    )
    if source is not None:
        page.translation_key = source.translation_key
    parent.add_child(instance=page)
    install(page=page, now=now)
    return model.objects.get(pk=page.pk)


def _group(role: Role) -> Group:
    group, _ = Group.objects.get_or_create(name=role.group)
    wanted = [name.split(".") for name in role.permissions]
    group.permissions.add(
        *(
            Permission.objects.get(content_type__app_label=app, codename=codename)
            for app, codename in wanted
        )
    )
    return group


def _press_office() -> Collection:
    library = Collection.get_first_root_node()
    found = library.get_children().filter(name=PRESS_OFFICE).first()
    return found or library.add_child(instance=Collection(name=PRESS_OFFICE))


def _rights(groups: dict[Role, Group], homes: dict[str, HomePage], office: Collection) -> None:
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()
    german = homes[settings.LANGUAGE_CODE]
    newsroom = NewsroomIndexPage.objects.child_of(german).get()
    allow_on_page(groups[PRESS_OFFICER], newsroom, "add")
    for code, home in homes.items():
        allow_on_page(groups[EDITOR], home, "add", "change", "lock", "unlock")
        if code != settings.LANGUAGE_CODE:
            allow_on_page(groups[TRANSLATOR], home, "add", "change")
    library = Collection.get_first_root_node()
    # Rights on the whole library would show the press office what members have uploaded.
    GroupCollectionPermission.objects.filter(
        group=groups[PRESS_OFFICER], collection=library
    ).delete()
    for role, collection in ((PRESS_OFFICER, office), (EDITOR, library)):
        for app, kind in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for action in ("add", "choose"):
                GroupCollectionPermission.objects.get_or_create(
                    group=groups[role],
                    collection=collection,
                    permission=Permission.objects.get(
                        content_type__app_label=app, codename=f"{action}_{kind}"
                    ),
                )


def allow_on_page(group: Group, page: Page, *actions: str) -> None:
    """Give a group rights on a page and all below it. Actions: add, change, lock, unlock."""
    for action in actions:
        GroupPagePermission.objects.get_or_create(
            group=group,
            page=page.page_ptr,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{action}_page"
            ),
        )


def _workflow(editors: Group, root: Page) -> None:
    """Put the whole tree under one workflow of one four-eyes task."""
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if is_new:
        task = FourEyesTask.objects.create(name="Freigabe durch die Redaktion")
        task.groups.add(editors)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    # Wagtail's own task asks for one person only, whoever it is.
    Task.objects.exclude(content_type__app_label="approval").update(active=False)
    Workflow.objects.exclude(pk=workflow.pk).filter(workflow_pages=None).update(active=False)
