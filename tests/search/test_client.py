"""What a failed request says about the server."""

import time

import pytest

from search import client


def test_only_what_readers_need_makes_the_server_look_dead(settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"  # discard: nobody listens

    def ask(**options):
        with pytest.raises(client.SearchUnavailable):
            client.search(["gs-de"], {}, deadline=time.monotonic() + 1, **options)

    ask(is_extra=True)
    assert not client.is_open()
    ask()
    assert client.is_open()
