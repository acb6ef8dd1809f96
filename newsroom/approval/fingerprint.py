"""What an approval is bound to: a hash of everything in a version that readers can get to see."""

import hashlib
import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

# State of the platform, not content: it changes while the text stays the same. Whatever is not
# named here is hashed, so a new field is bound to the approval without anybody's help.
IGNORED_PAGE_FIELDS = frozenset(
    {
        "pk", "path", "depth", "numchild", "url_path", "draft_title", "content_type",
        "translation_key", "owner", "live", "has_unpublished_changes", "first_published_at",
        "last_published_at", "latest_revision_created_at", "latest_revision", "live_revision",
        "expired", "locked", "locked_at", "locked_by", "alias_of", "wagtail_admin_comments",
        "index_entries", "go_live_at",
    }
)  # fmt: skip
# Of these somebody writes the hour.
_ROW_FIELDS = IGNORED_PAGE_FIELDS - {"go_live_at"}
_MARK = re.compile(r' data-block-key=\\"\w+\\"')
# Of a child (a picture of a release): its row number and its link to the page.
IGNORED_CHILD_FIELDS = frozenset({"pk", "page", "translation_key", "locale"})
EMPTY: tuple[Any, ...] = (None, "", [], {}, False, "[]")


def fingerprint(content: dict[str, Any]) -> str:
    """Return the SHA-256 in hex of the content of a revision or of `page.serializable_data()`.

    Empty values count as absent: a field that a later version of the project adds empty does not
    change what was approved.
    """
    return hashlib.sha256(_text(content, ignored=IGNORED_PAGE_FIELDS).encode()).hexdigest()


def is_same(content: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two contents say the same, to readers and to the newsroom.

    Notes and dates count. Comments in the margin do not: they are about the text. Nor do the
    editor's marks of its paragraphs: it sets them into texts that came another way.
    """
    texts = (_text(each, ignored=_ROW_FIELDS) for each in (content, other))
    one, another = (_MARK.sub("", text) for text in texts)
    return one == another


def digests(version: Any) -> dict[str, str]:
    """Return name -> SHA-256 of everything `version` shows besides its own text.

    Reads files: not for a transaction that others wait for.
    """
    return {each.reference(): each.digest() for each in version.references()}


def changed_references(approved: dict[str, str] | None, now: dict[str, str]) -> list[str]:
    """Return the names of what is not what was approved; nothing is known when that is None."""
    if approved is None:
        return []
    return sorted(name for name in {*approved, *now} if approved.get(name) != now.get(name))


def field_digests(content: dict[str, Any]) -> dict[str, str]:
    """Return field -> SHA-256 of its value, so that a refusal can name what was changed."""
    return {
        name: fingerprint({name: value})
        for name, value in content.items()
        if name not in IGNORED_PAGE_FIELDS and value not in EMPTY
    }


def changed_fields(approved: dict[str, str] | None, content: dict[str, Any]) -> list[str]:
    """Return the names of the fields whose values are not what was approved."""
    found = field_digests(content)
    names = {*(approved or {}), *found} if approved is not None else set()
    return sorted(name for name in names if (approved or {}).get(name) != found.get(name))


def _text(content: dict[str, Any], *, ignored: frozenset[str]) -> str:
    """Return a content as text that is equal for equal contents."""
    kept = {name: value for name, value in content.items() if name not in ignored}
    return json.dumps(_filled(kept), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _child(value) for name, value in values.items() if value not in EMPTY}


def _child(value: Any) -> Any:
    if isinstance(value, list):
        return [_child(item) for item in value]
    if isinstance(value, dict):
        return _filled({k: v for k, v in value.items() if k not in IGNORED_CHILD_FIELDS})
    if isinstance(value, str) and value.startswith("["):
        return _stream(value)
    return value


def _stream(text: str) -> Any:
    """Return the parts of a body, which is stored as JSON in a text.

    PostgreSQL keeps JSON by its meaning: the order of keys differs after reading it back.
    """
    try:
        return json.loads(text)
    except ValueError:
        return text
