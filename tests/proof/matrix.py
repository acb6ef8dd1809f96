"""Every address of the admin, filled with the ids of what belongs to somebody else."""

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from wagtail.models import Collection, Page, PageLogEntry, Workflow

from cms.accounts.models import User
from cms.demo.people import give_house
from cms.media.models import NewsFile
from newsroom.approval.selectors import public
from tests import factories as make
from tests.conftest import NOW

TABLE = Path(__file__).parent / "matrix.csv"
ROLES = ("anonymous", "officer", "translator", "member", "editor")
# Who reads and changes by their office what is under review, but had a part in this text.
ENTITLED = ("editor",)
CANARY = "zqgeheimqz"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Addresses whose pattern is a regular expression.
EXPRESSIONS = {
    "wagtailadmin_pages:revisions_compare": "admin/pages/{page}/revisions/compare/live...latest/",
    "admin/^localize/": "admin/localize/page/{page}/convert_to_alias/",
    "admin/^.*/$": "admin/gibt-es-nicht/",
}
# What an answer may write without changing anything: who is signed in, who looks at what.
OWN_TABLES = ("django_session", "wagtailadmin_editingsession", "wagtailusers_userprofile")


@dataclass(frozen=True)
class Route:
    """A pattern of the admin by its name (its route when it has none)."""

    name: str
    route: str

    def address(self, ids: dict[str, Any]) -> str:
        """Return the address with the ids of the other member's things."""
        if self.name in EXPRESSIONS:
            return "/" + EXPRESSIONS[self.name].format(page=ids["page_id"])
        return "/" + PARAMETER.sub(
            lambda match: str(self._value(match[1], ids)), self.route
        ).replace("^", "")

    def _value(self, parameter: str, ids: dict[str, Any]) -> Any:
        if parameter == "pk":
            for word, name in (
                ("image", "image_id"),
                ("document", "document_id"),
                ("page", "page_id"),
                ("collections", "collection_id"),
                ("workflows/tasks", "task_id"),
                ("workflows", "workflow_pk"),
                ("users", "user_id"),
                ("boilerplate", "boilerplate"),
                ("press_contact", "contact"),
            ):
                if word in self.route:
                    return ids[name]
        return ids.get(parameter, 1)


def routes(
    resolver: Any = None, *, before: str = "", names: tuple[str, ...] = ()
) -> Iterator[Route]:
    """Yield every pattern below admin/."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from routes(pattern, before=route, names=inner)
        elif route.startswith("admin/"):
            yield Route(":".join([*names, pattern.name]) if pattern.name else route, route)


def others_things() -> dict[str, Any]:
    """Create member B's unpublished things, all with the canary; return ids by parameter name."""
    member = make.publish(make.member(title="Mitglied B"))
    offer = make.offer(member, title=f"Angebot {CANARY}", summary=CANARY)
    writer = make.user()
    give_house(writer, member, now=NOW)
    offer.save_revision(user=writer)
    offer.summary = f"{CANARY} zwei"
    make.submit(offer, by=writer)
    collection = make.house_of(member).collection
    picture = make.image(description=CANARY, collection=collection)
    picture.title = CANARY
    picture.save()
    document = make.file(name=f"{CANARY}.csv")
    NewsFile.objects.filter(pk=document.pk).update(collection=collection)
    boilerplate = make.boilerplate(member, heading=CANARY)
    contact = make.contact(member, name=CANARY)
    state = offer.current_workflow_task_state
    return {
        **dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "page_pk"), offer.pk),
        "image_id": picture.pk,
        **dict.fromkeys(("document_id", "doc_id"), document.pk),
        "destination_id": member.pk,
        "revision_id": offer.latest_revision_id,
        "task_state_id": state.pk,
        "task_id": state.task_id,
        "workflow_state_id": state.workflow_state_id,
        "workflow_pk": Workflow.objects.get(name="Freigabe").pk,
        "collection_id": Collection.get_first_root_node().pk,
        "user_id": writer.pk,
        "review_id": state.pk,
        "boilerplate": boilerplate.pk,
        "contact": contact.pk,
        "action_name": "approve",
        "content_type_app_name": "offers",
        "content_type_model_name": "offerpage",
        "app_label": "wagtailcore",
        "model_name": "page",
        "app_name": "media",
        "action": "delete",
        "filter_spec": "max-100x100",
        "object_id": offer.pk,
    }


def accounts() -> dict[str, User | None]:
    """Return somebody in each role; the member works in a house of the own."""
    member = make.user()
    give_house(member, make.publish(make.member(title="Mitglied A")), now=NOW)
    return {
        "anonymous": None,
        "officer": make.officer(),
        "translator": make.translator(),
        "member": member,
        "editor": make.editor(),
    }


def take_part(account: Any, ids: dict[str, Any]) -> None:
    """Let somebody have written on the other's text, who then may not decide about it."""
    page = Page.objects.get(pk=ids["page_id"])
    PageLogEntry.objects.log_action(page, "wagtail.edit", user=account)


def published() -> set[tuple[int, int | None]]:
    """Return which versions of which pages are public."""
    return set(public(now=NOW).values_list("pk", "live_revision_id"))


def form(ids: dict[str, Any]) -> dict[str, Any]:
    """Return what is posted to every address: a confirmation with names that views know."""
    return {
        "title": "Untergeschoben",
        "id": ids["page_id"],
        "reason": "x",
        "text": "x",
        "next": "/admin/",
        "restriction_type": "login",
        "new_parent_page": ids["destination_id"],
        "new_title": "Kopie",
        "new_slug": "kopie",
    }


def digest() -> dict[str, str]:
    """Return a hash of every table's content, without what signing in writes."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in OWN_TABLES:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = repr(sorted(map(repr, cursor.fetchall())))
            found[table] = hashlib.sha256(rows.encode()).hexdigest()
    return found


class Writes:
    """Notices statements that could change something, so that only then everything is compared."""

    def __init__(self) -> None:
        self.tables: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)", sql, re.IGNORECASE) and not any(
            table in sql for table in OWN_TABLES
        ):
            self.tables.append(sql[:60])
        return execute(sql, params, many, context)


def table() -> dict[str, dict[str, str]]:
    """Return the expectations: name -> role -> what GET and POST answer."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["url"]: row for row in csv.DictReader(file)}
