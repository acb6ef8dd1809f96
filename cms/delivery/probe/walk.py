"""Asking an address as a stranger would, and reading everything the answer says."""

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus, urlsplit

from django.conf import settings
from django.test import Client
from django.utils.translation import get_language, override

MARKS = re.compile(r"</?mark>")
TAGS = re.compile(r"<[^>]*>")
SPACE = re.compile(r"\s+")
# What an answer says beside its body: where it leads, how the file is called.
HEADERS = ("Location", "Content-Disposition", "Link", "ETag")
TEXT = ("text/", "json", "xml")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `text` is everything readable in it, flattened by `flat`.

    What the question says itself is no news: search pages repeat it. `asked` is it, flattened.
    """

    address: str
    status: int
    text: str
    asked: str
    body: bytes


class Reader:
    """Somebody without an account, in the site's own process."""

    def __init__(self) -> None:
        """Knock at the site under its own name."""
        host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
        self._client = Client(raise_request_exception=False, SERVER_NAME=host)

    def ask(self, address: str) -> Iterator[Answer]:
        """Yield what the site answers; files are also asked for in part and for their head."""
        yield self._answer(address, self._send(self._client.get, address))
        if address.startswith(settings.MEDIA_URL):
            yield self._answer(address, self._send(self._client.head, address))
            part = {"Range": "bytes=0-9"}
            yield self._answer(address, self._send(self._client.get, address, headers=part))

    def _send(self, send: Callable[..., Any], address: str, **options: Any) -> Any:
        """Ask, and go on in the own language: the site answers in the reader's."""
        with override(get_language()):
            return send(address, secure=True, **options)

    def _answer(self, address: str, response: Any) -> Answer:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        said = [f"{name}: {response[name]}" for name in HEADERS if name in response]
        kind = response.get("Content-Type", "")
        if any(part in kind for part in TEXT):
            said.append(_readable(body.decode(errors="replace"), kind))
        return Answer(
            address=address,
            status=response.status_code,
            text=flat("\n".join(said)),
            asked=flat(unquote_plus(address)),
            body=body,
        )


def flat(text: str) -> str:
    """Return the text in small letters, with single spaces."""
    return SPACE.sub(" ", text.casefold()).strip()


def _readable(text: str, kind: str) -> str:
    if "json" in kind:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    text = html.unescape(MARKS.sub("", text))
    # With tags (addresses and descriptions stand in attributes) and without (words run through).
    return f"{text}\n{TAGS.sub(' ', text)}"
