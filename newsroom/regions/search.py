"""Tell search what a place is."""

from collections.abc import Iterable

from newsroom.regions import lookup, selectors
from newsroom.regions.models import Region
from search.registry import Place, Resolution, register_places


class Gazetteer:
    """Answers search's questions about places from the table of regions."""

    def resolve(self, text: str) -> Resolution:
        """Return the places a key, postal code or name stands for."""
        match = lookup.match(text)
        return Resolution(
            places=tuple(place(region, "de") for region in match.regions),
            is_postal_code=match.is_postal_code,
        )

    def by_postal_code(self, code: str) -> tuple[Place, ...]:
        """Return the places a postal code delivers to."""
        return tuple(place(region, "de") for region in selectors.by_postal_code(code).regions)

    def by_keys(self, keys: Iterable[str], language: str) -> dict[str, Place]:
        """Return the known places of `keys`, named for readers of `language`."""
        regions = selectors.by_keys(keys)
        return {key: place(region, language) for key, region in regions.items()}

    def named(self, texts: Iterable[str], language: str) -> dict[str, tuple[Place, ...]]:
        """Return what those of `texts` stand for that are a whole name or a postal code."""
        found = {text: lookup.match(text).regions for text in lookup.whole_names(texts)}
        return {
            text: tuple(place(region, language) for region in regions)
            for text, regions in found.items()
            if regions
        }

    def beginning(self, text: str, limit: int) -> tuple[str, ...]:
        """Return the keys of the places that a text is the beginning of."""
        return lookup.beginning(text, limit=limit)

    def alike(self, text: str, limit: int) -> tuple[str, ...]:
        """Return the keys of the places that somebody may have meant who wrote `text`."""
        return tuple(region.key for region in lookup.suggest(text, limit=limit)[:limit])


def place(region: Region, language: str) -> Place:
    """Return the region as search sees it."""
    above = selectors.ancestors(region)
    point = None
    if region.latitude is not None and region.longitude is not None:
        point = region.latitude, region.longitude
    return Place(
        key=region.key,
        name=region.name,
        full_name=selectors.display_name(region, language),
        parent_name=selectors.display_name(above[0], language) if above else "",
        ancestors=tuple(up.key for up in above),
        level=region.level,
        point=point,
    )


def register() -> None:
    """Let search ask this gazetteer. Called once, when Django starts."""
    register_places(Gazetteer())
