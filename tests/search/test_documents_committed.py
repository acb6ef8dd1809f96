"""What only shows with real transactions: commits, waiting writers."""

import threading

import pytest
from django.db import connection, transaction

from search.documents import TransactionRequired, refresh
from search.models import SearchDocument
from tests.search.world import NOW, document


def test_refresh_outside_a_transaction_is_refused(committed, world):
    with pytest.raises(TransactionRequired):
        refresh(kind="release", item="1", now=NOW)


def test_writers_of_one_item_take_turns_and_lose_no_version(committed, world):
    errors = []

    def write(number):
        try:
            with transaction.atomic():
                # Read under the lock: the builder sees what is public now.
                world.public["release"]["1"] = [document(title=f"Titel {number}")]
                refresh(kind="release", item="1", now=NOW)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    row = SearchDocument.objects.get()
    assert row.title == world.public["release"]["1"][0].title
    assert 1 <= row.version <= 8
