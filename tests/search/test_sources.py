import orjson

from search import sources
from search.models import SearchDocument
from tests.search.world import NOW


def test_row_is_sent_to_every_alias_and_never_over_a_newer_version():
    row = SearchDocument(
        kind="offer",
        item="1",
        language="de",
        title="Kurs",
        facets={"topic": ["work", "language"]},
        points=[[52.1, 10.5], [52.3, 10.1]],
        published_at=NOW,
        visible_from=NOW,
        version=7,
        content_hash="abc",
        body_n="kurs",
        changed_at=NOW,
    )
    action, document, other, again = map(
        orjson.loads, sources.lines(row, ["gs-de", "gs-de.building"])
    )
    assert action == {
        "index": {
            "_index": "gs-de",
            "_id": "offer/1/de",
            "version": 7,
            "version_type": "external_gte",
            "require_alias": True,
        }
    }
    assert other["index"]["_index"] == "gs-de.building"
    assert again == document
    assert document == {
        "kind": "offer",
        "item": "1",
        "language": "de",
        "answers_for": [],
        "title": "Kurs",
        "summary": "",
        "body": "",
        "labels": [],
        "names": [],
        "regions": [],
        "region_paths": [],
        "facets": ["topic=work", "topic=language"],
        "points": [[10.5, 52.1], [10.1, 52.3]],
        "published_at": "2026-11-22T12:00:00+00:00",
        "visible_from": "2026-11-22T12:00:00+00:00",
        "visible_until": None,
        "is_deleted": False,
        "version": 7,
        "content_hash": "abc",
    }
