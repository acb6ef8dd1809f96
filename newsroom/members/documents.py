"""Search documents of pages: what is the same for every kind."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from wagtail.models import Page

from newsroom.approval.documents import public_until
from newsroom.regions.geometry import Point
from newsroom.regions.models import Region
from newsroom.regions.selectors import paths
from search.documents import Document


def items(model: type[Page]) -> Iterator[str]:
    """Return the ids of all items of a kind, public or not."""
    keys = model.objects.order_by().values_list("translation_key", flat=True).distinct()
    for key in keys.iterator(chunk_size=1000):
        yield str(key)


def document(
    page: Any,
    *,
    kind: str,
    summary: str,
    body: str,
    regions: Iterable[Region],
    facets: dict[str, tuple[str, ...]],
    labels: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    points: Iterable[Point] = (),
    published_at: datetime | None = None,
    until: datetime | None = None,
    attested_until: datetime | None = None,
) -> Document:
    """Return the search document of a public page.

    It is not visible longer than its source and than the pages above it. `published_at` is what
    readers take for its date, by default its first publication; `until` ends it earlier, and from
    `attested_until` on it is marked as old.
    """
    regions = list(regions)
    return Document(
        kind=kind,
        item=str(page.translation_key),
        language=page.locale.language_code,
        title=page.title,
        summary=summary,
        body=body,
        url=page.url,
        regions=tuple(sorted(region.key for region in regions)),
        region_paths=paths(regions),
        facets=facets,
        labels=labels,
        names=names,
        points=tuple(points),
        published_at=published_at or page.first_published_at,
        visible_from=page.first_published_at,
        visible_until=min(filter(None, (until, public_until(page))), default=None),
        attested_until=attested_until,
    )
