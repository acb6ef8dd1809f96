"""Whoever guesses passwords has to wait; nobody else has."""

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt

from cms.accounts.models import User

SIGN_IN = "/admin/login/"
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counting(settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3


@pytest.fixture
def editor():
    user = User.objects.create_superuser("redaktion", "r@example.org", PASSWORD)
    User.objects.create_superuser("presse", "p@example.org", PASSWORD)
    return user


@pytest.fixture
def sign_in(client):
    def send(password, username="redaktion", **headers):
        form = {"username": username, "password": password}
        return client.post(SIGN_IN, form, **headers)

    return send


def _is_signed_in(client):
    return "_auth_user_id" in client.session


def test_too_many_wrong_passwords_are_answered_by_a_pause(editor, sign_in, client):
    assert [sign_in("wrong").status_code for _ in range(3)] == [200, 200, 429]
    answer = sign_in(PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "15 Minuten" in answer.content.decode()
    assert not _is_signed_in(client)


def test_pause_ends(editor, sign_in, client, frozen):
    for _ in range(3):
        sign_in("wrong")
    frozen.shift(timedelta(minutes=16))
    assert sign_in(PASSWORD).status_code == 302
    assert _is_signed_in(client)


def test_others_are_not_kept_waiting(editor, sign_in, client):
    for _ in range(3):
        sign_in("wrong")
    assert sign_in(PASSWORD, username="presse").status_code == 302  # from the same address
    client.logout()
    assert sign_in(PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 302  # the same account


def test_a_claimed_address_is_no_way_out(editor, sign_in):
    for number in range(3):
        sign_in("wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert sign_in(PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.99").status_code == 429


def test_right_password_forgets_the_wrong_ones(editor, sign_in):
    sign_in("wrong")
    sign_in("wrong")
    sign_in(PASSWORD)
    assert not AccessAttempt.objects.exists()


def test_accounts_that_do_not_exist_are_answered_alike(editor, sign_in):
    codes = [sign_in("wrong", username="nobody").status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]


@pytest.mark.parametrize("address", ["unknown", "192.0.2.1:1234", ""])
def test_address_that_is_none_stops_nobody(editor, sign_in, client, settings, address):
    settings.TRUSTED_PROXIES = 1
    assert sign_in("wrong", HTTP_X_FORWARDED_FOR=address).status_code == 200
    assert sign_in(PASSWORD, HTTP_X_FORWARDED_FOR=address).status_code == 302


def test_neither_log_nor_table_tell_the_password_and_the_log_no_person(editor, sign_in, caplog):
    with caplog.at_level(logging.DEBUG, logger="axes"):
        for _ in range(3):
            sign_in("wrong-but-nearly-right")
    for attempt in AccessAttempt.objects.values_list("post_data", "get_data"):
        assert "wrong-but" not in str(attempt)
    for told in (editor.username, "127.0.0.1", "wrong-but"):
        assert told not in caplog.text
