"""Role x address x method over the whole admin, against what belongs to another member.

The table beside this file says what each answers: "-" refused (to the login, 403, 404, back to
the start), "ok" an answer without anything of the other's; "SHOWN" and "CHANGED" speak for
themselves. Write it anew, and read what has
changed, with `WRITE_MATRIX=1 python -m pytest tests/proof/test_matrix.py`.
"""

import csv
import os

import pytest
from django.db import connection, transaction

from tests.proof import matrix
from tests.proof.quiet import quiet

pytestmark = pytest.mark.django_db
REFUSED = (301, 302, 403, 404, 405, 410)


def test_every_address_of_the_admin_is_in_the_table():
    listed, there = set(matrix.table()), {route.name for route in matrix.routes()}

    assert there - listed == set(), "add them: see the head of this file"
    assert listed - there == set(), "they are gone"


@pytest.mark.parametrize("role", matrix.ROLES)
def test_nothing_of_another_member_is_shown_or_changed(client, frozen, house, role):
    with quiet():
        ids = matrix.others_things()
        account = matrix.accounts()[role]
        if account is not None:
            client.force_login(account)
        if role in matrix.ENTITLED:
            matrix.take_part(account, ids)
        client.raise_request_exception = False
        before, public = matrix.digest(), matrix.published()
        answers = {}
        for route in matrix.routes():
            answers.setdefault(route.name, []).append(
                answers_of(client, route, ids, before, public)
            )
    found = {name: " / ".join(dict.fromkeys(each)) for name, each in answers.items()}
    if "WRITE_MATRIX" in os.environ:
        write(role, found)
    expected = {name: row[role] for name, row in matrix.table().items()}
    wrong = {name: (answer, expected.get(name)) for name, answer in found.items()
             if answer != expected.get(name)}  # fmt: skip
    assert wrong == {}, "(what it answers, what the table says)"


def test_only_those_entitled_to_it_change_anything_and_nobody_publishes():
    for name, row in matrix.table().items():
        for role in matrix.ROLES:
            assert "PUBLISHED" not in row[role], (name, role)
            assert "CHANGED" not in row[role] or role in matrix.ENTITLED, (name, role)


def answers_of(client, route, ids, before, public):
    """Return what GET and POST answer, as the table writes it."""
    address = route.address(ids)
    return " ".join(
        answer_of(client, method, address, ids, before, public) for method in ("get", "post")
    )


def answer_of(client, method, address, ids, before, public):
    data = matrix.form(ids) if method == "post" else {"q": "Angebot", "id": ids["page_id"]}
    writes = matrix.Writes()
    with transaction.atomic():
        with connection.execute_wrapper(writes):
            response = getattr(client, method)(address, data)
        said = b"" if response.status_code in (301, 302) else body(response)
        is_changed = bool(writes.tables) and matrix.digest() != before
        is_published = is_changed and matrix.published() != public
        transaction.set_rollback(True)
    if is_published:
        return "PUBLISHED"
    if response.status_code >= 500:
        return str(response.status_code)
    if matrix.CANARY in said.decode(errors="replace"):
        return "SHOWN"
    if is_changed:
        return "CHANGED"
    return "-" if response.status_code in REFUSED else "ok"


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def write(role, found):
    """Write the answers of one role into the table."""
    rows = matrix.table() if matrix.TABLE.exists() else {}
    for name, answer in found.items():
        rows.setdefault(name, {"url": name})[role] = answer
    with matrix.TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["url", *matrix.ROLES], lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(row for name, row in rows.items() if name in found)
