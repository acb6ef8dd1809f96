"""The secret of a personal link: random, signed, and stored only as a hash.

256 random bits cannot be guessed, so guesses are neither counted nor slowed down. The signature
refuses invented tokens without a question to the database, and means that whoever can only write
to the database, or restores an old one elsewhere, makes no link of his own.
"""

import hashlib
import secrets

from django.core.signing import BadSignature, Signer

RANDOM_BYTES = 32
# A row is found by the hash of the token: what a comparison of hashes takes in time tells nothing
# about the token.
_SALT = "newsroom.embargo.invitation"
_SEPARATOR = "."  # stands in an address as it is, and ends no link in a letter


def new_token() -> str:
    """Return a token for an address: 43 characters, ".", and a signature of 43 characters."""
    return _signer().sign(secrets.token_urlsafe(RANDOM_BYTES))


def is_ours(token: str) -> bool:
    """Return whether we have made `token`; it may belong to no invitation any more."""
    try:
        _signer().unsign(token)
    except (BadSignature, UnicodeError):
        return False
    return True


def token_hash(token: str) -> str:
    """Return the SHA-256 in hex under which a token of ours is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=_SEPARATOR)
