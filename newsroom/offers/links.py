"""The link by which a provider answers without signing in: signed, for one offer, used once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing

SALT = "newsroom.offers.answer"
# Longer than it takes for the offer to leave the search.
VALID_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a link says: which offer, and the word of the mail."""

    offer_key: str
    nonce: str


def token(*, offer_key: Any, nonce: str) -> str:
    """Return the signed text of a link."""
    return signing.dumps([str(offer_key), nonce], salt=SALT, compress=False)


def read(text: str) -> Answer | None:
    """Return what a link says; None when it is not ours or too old."""
    try:
        offer_key, nonce = signing.loads(text, salt=SALT, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Answer(offer_key=str(offer_key), nonce=str(nonce))
