"""What may stand in a mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.mail import content


@pytest.mark.parametrize("text", ["a@example.org", "vor.nach+x@sub.example.org"])
def test_an_address_is_one_plain_address(text):
    assert content.is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "niemand",
        "a@b",
        "a@example.org, b@example.org",
        "A <a@example.org>",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\n",
        '"a\r\nBcc: x"@example.org',
        "a@exa\x00mple.org",
        "a@example.org\u2028",
        "\ud800@example.org",
        f"{'a' * 300}@example.org",
    ],
)
def test_nothing_else_is_an_address(text):
    assert not content.is_address(text)


@given(st.text(st.characters(), max_size=300))
def test_a_subject_is_one_line_that_can_be_sent(text):
    line = content.one_line(text)

    assert len(line.splitlines()) <= 1
    assert len(line) <= content.MAX_SUBJECT
    line.encode()
    assert "\x00" not in line


@given(st.text(st.characters(), max_size=300))
def test_a_body_can_be_stored_and_sent(text):
    body = content.plain(text)

    body.encode()
    assert not set(body) & {"\x00", "\r", "\x85", "\u2028"}


def test_addresses_are_masked():
    error = "{'anna.lang@example.org': (550, b'<anna.lang@example.org>: unknown')}"

    assert "anna" not in content.masked(error)
    assert "example" not in content.masked(error)


def test_the_message_id_is_always_the_same():
    first = content.message_id(key="review-1", host="example.org")

    assert first == content.message_id(key="review-1", host="example.org")
    assert first != content.message_id(key="review-2", host="example.org")
