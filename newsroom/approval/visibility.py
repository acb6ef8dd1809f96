"""When a page is public, as a condition for the database.

Every page of the site asks it several times, and Django takes five times as long to build it as
the database to answer. So it is built once, and only page and moment are put in.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Exists, Func, OuterRef, Q
from wagtail.models import Page

from cms.pages.tree import outer_path_at
from newsroom.approval.models import Receipt

# The tree: root (1), home (2), section (3), member or release (4), what a member has (5).
HOME_DEPTH = 2
DEEPEST = 5
# What stands for page and moment while the condition is built; neither exists.
_PAGE, _MOMENT = -1, datetime(1000, 1, 1, tzinfo=UTC)
_ALIAS = "shown"  # of the page's row inside the condition


class IsPublic(Func):
    """True for the number of a page that anybody may see at `now` (UTC); see selectors.public."""

    output_field = BooleanField()

    def __init__(self, page: Any, *, now: datetime, **extra: Any) -> None:
        """Take an expression of the page's number."""
        super().__init__(page, **extra)
        self.now = now

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the built condition with page and moment put in."""
        page, page_params = compiler.compile(self.get_source_expressions()[0])
        moment = connection.ops.adapt_datetimefield_value(self.now)
        begin, *rest = built(connection.alias)
        sql: list[str] = [begin[0]]
        params: list[Any] = []
        for value, text in rest:
            if value == _PAGE:
                sql += [page, text]
                params += page_params
            else:
                sql += ["%s", text]
                params.append(moment if value == _MOMENT else value)
        return f"EXISTS({''.join(sql)})", tuple(params)


@cache
def built(using: str) -> list[tuple[Any, ...]]:
    """Return the condition in pieces: its beginning, then (value, the text after it) each."""
    above = Page.objects.filter(
        path__in=[outer_path_at(depth) for depth in range(HOME_DEPTH, DEEPEST)]
    )
    shown = is_shown(now=_MOMENT)
    pages = Page.objects.filter(shown, ~Exists(above.filter(~shown)), pk=_PAGE)
    query = pages.order_by().values("pk").query
    query.change_aliases({Page._meta.db_table: _ALIAS})
    sql, params = query.get_compiler(using).as_sql()
    moment = connections[using].ops.adapt_datetimefield_value(_MOMENT)
    stand_ins = {_PAGE: _PAGE, moment: _MOMENT}
    texts = sql.split("%s")
    if len(texts) != len(params) + 1:
        raise RuntimeError("The condition of what is public cannot be taken apart.")
    values = [stand_ins.get(value, value) for value in params]
    return [(texts[0],), *zip(values, texts[1:], strict=True)]


def is_shown(*, now: datetime) -> Q:
    """Return what holds for a page that is approved and in its time, whatever is above it."""
    receipts = Receipt.objects.filter(
        Q(countersign_until=None) | Q(countersign_until__gt=now),
        page=OuterRef("pk"),
        revision=OuterRef("live_revision"),
        state=Receipt.State.LIVE,
    )
    in_time = is_in_time(now=now)
    source = Page.objects.filter(in_time, Exists(receipts), pk=OuterRef("source_id"))
    return in_time & Q(Exists(receipts.filter(Q(source=None) | Exists(source))))


def is_in_time(*, now: datetime) -> Q:
    """Return what holds for a page that is live and in its time."""
    return Q(
        Q(go_live_at=None) | Q(go_live_at__lte=now),
        Q(expire_at=None) | Q(expire_at__gt=now),
        live=True,
        alias_of=None,
    )
