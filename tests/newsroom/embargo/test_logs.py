"""The log keeps no personal link."""

import logging
from logging.config import dictConfig

import pytest
from django.conf import settings

from newsroom.embargo.logs import HideTokens

pytestmark = pytest.mark.django_db
SECRET = "who-has-this-may-act"


def test_the_log_of_a_refused_link_does_not_carry_it(client, release, invite, link, capsys):
    path = link(invite(release))
    token = path.split("/")[2]
    root = logging.getLogger()
    before = root.handlers[:]
    try:
        dictConfig({**settings.LOGGING, "incremental": False})
        client.post(path)
        client.get(f"{path}media/x.jpg")
        client.get("/de/nothing/")
        client.post(f"/de/angebote/antwort/{SECRET}/", {"choice": "none"})
        client.get(f"/admin/password_reset/confirm/MQ/{SECRET}/nothing/")
    finally:
        root.handlers[:] = before
    logged = capsys.readouterr().err

    assert "/vorab/…/media/x.jpg" in logged
    assert "/de/nothing/" in logged
    assert token not in logged
    assert SECRET not in logged


def test_other_lines_stay_as_they_are():
    record = logging.makeLogRecord({"msg": "%s of %d", "args": ("page", 3)})

    assert HideTokens().filter(record)
    assert (record.msg, record.args) == ("%s of %d", ("page", 3))
