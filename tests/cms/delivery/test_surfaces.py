"""Every address of the site is either a listed surface or private."""

from collections.abc import Iterator

import pytest
from django.urls import get_resolver, path
from django.urls.resolvers import URLResolver

from cms.delivery import surfaces
from tests import factories as make


def routes(resolver=None, *, before="", namespaces=()) -> Iterator[tuple[str, str]]:
    """Yield every pattern of the site as (route, name with its namespaces)."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            names = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from routes(pattern, before=route, namespaces=names)
        else:
            yield route, ":".join([*namespaces, pattern.name]) if pattern.name else route


def unlisted(found) -> list[str]:
    known = {name for surface in surfaces.SURFACES for name in surface.url_names}
    return [
        f"{route} ({name})"
        for route, name in found
        if name not in known and not route.startswith(surfaces.PRIVATE)
    ]


def test_every_address_is_a_listed_surface_or_private():
    assert unlisted(routes()) == [], "add it to cms.delivery.surfaces"


def test_an_address_that_nobody_listed_is_noticed():
    class Planted:
        url_patterns = [path("feeds/all.xml", lambda request: None, name="feed")]

    assert unlisted(routes(Planted)) == ["feeds/all.xml (feed)"]


def test_every_listed_name_exists():
    names = {name for _route, name in routes()}
    listed = {name for surface in surfaces.SURFACES for name in surface.url_names}

    assert listed - names == set()


def test_no_pattern_belongs_to_two_surfaces():
    names = [name for surface in surfaces.SURFACES for name in surface.url_names]

    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_every_surface_with_a_pattern_yields_addresses_that_answer(client, frozen):
    """None may fail: an address that answers 400 or 500 proves nothing."""
    member = make.publish(make.member())
    page = make.publish(make.release(issuing_member=member, picture=make.image()))
    asked = {
        surface.name: [*surface.lists(), *surface.of(page), *surface.searches("Mitteilung")]
        for surface in surfaces.SURFACES
    }

    for name, found in asked.items():
        assert found, name
        for address in found:
            response = client.get(address)
            assert response.status_code in (200, 301, 302, 404, 410), address
            if response.streaming:
                b"".join(response.streaming_content)  # to its end, which closes its file
    assert any(page.url == address for address in asked["pages"])
