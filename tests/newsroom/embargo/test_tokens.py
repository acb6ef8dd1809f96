"""Tokens are long, our own, and found by their hash."""

import hashlib

import pytest
from django.test import override_settings

from newsroom.embargo.models import Invitation
from newsroom.embargo.tokens import RANDOM_BYTES, is_ours, new_token, token_hash


def test_a_token_carries_256_random_bits_and_our_signature():
    tokens = {new_token() for _number in range(100)}

    assert RANDOM_BYTES * 8 == 256
    assert len(tokens) == 100
    assert all(is_ours(token) for token in tokens)


@pytest.mark.parametrize("other", ["", ".", "x", "a.b", "ä.ö", "\x00", "\ud800.\ud800", "." * 9999])
def test_an_invented_token_is_not_ours(other):
    assert not is_ours(other)


def test_a_token_signed_with_another_key_is_not_ours():
    with override_settings(SECRET_KEY="another one"):
        token = new_token()

    assert not is_ours(token)


def test_a_new_key_keeps_the_links_of_the_old_one():
    with override_settings(SECRET_KEY="the old one"):
        token = new_token()

    with override_settings(SECRET_KEY_FALLBACKS=["the old one"]):
        assert is_ours(token)


@pytest.mark.django_db
def test_a_hash_planted_in_the_database_opens_nothing(client, release, invite):
    planted = "x" * 43
    Invitation.objects.filter(pk=invite(release).pk).update(
        token_hash=hashlib.sha256(planted.encode()).hexdigest()
    )

    assert token_hash(planted) == Invitation.objects.get().token_hash
    assert client.get(f"/vorab/{planted}/").status_code == 404
