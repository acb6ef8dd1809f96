"""What an approval is bound to, and what may change without a new one."""

import pytest

from newsroom.approval.fingerprint import fingerprint

CONTENT = {
    "pk": 7,
    "title": "Titel",
    "lead": "Vorspann",
    "body": '[{"type": "paragraph", "value": "<p>Text</p>", "id": "a"}]',
    "pictures": [{"pk": 1, "page": 7, "image": 3, "credit_line": "Wer", "sort_order": 0}],
    "topics": [1, 2],
    "locale": 1,
    "live": False,
}


@pytest.mark.parametrize(
    "change",
    [
        {"pk": 8},
        {"live": True, "live_revision": 9, "latest_revision": 9},
        {"path": "00010002", "url_path": "/x/", "depth": 2},
        {"pictures": [{**CONTENT["pictures"][0], "pk": 99, "page": 8}]},
        {"body": '[{"id": "a", "value": "<p>Text</p>", "type": "paragraph"}]'},
        {"added_later": "", "added_too": None, "and_this": [], "flag": False},
        {"go_live_at": "2026-12-01T09:00:00Z"},
    ],
)
def test_the_platform_s_state_is_not_content(change):
    assert fingerprint({**CONTENT, **change}) == fingerprint(CONTENT)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Anderer Titel"},
        {"lead": ""},
        {"body": '[{"type": "paragraph", "value": "<p>Text!</p>", "id": "a"}]'},
        {"body": "[kaputt"},
        {"pictures": []},
        {"pictures": [{**CONTENT["pictures"][0], "credit_line": "Jemand"}]},
        {"pictures": [{**CONTENT["pictures"][0], "image": 4}]},
        {"topics": [2, 1]},
        {"locale": 2},
        {"expire_at": "2026-12-01T09:00:00Z"},
        {"added_later": "Text"},
    ],
)
def test_everything_else_is(change):
    assert fingerprint({**CONTENT, **change}) != fingerprint(CONTENT)
