"""The indices of a language as they stand in the cluster: which serves, which were kept.

Every function talks to the server and raises client.SearchUnavailable.
"""

from collections.abc import Collection

from search import client, mappings


def live_indices() -> dict[str, str]:
    """Return the index behind every alias that this code's queries use."""
    return _aliases(mappings.alias("*"))


def serving_indices(*, seconds: float = client.ADMIN_TIMEOUT) -> dict[str, str]:
    """Return the index behind every family's name, of whatever mapping version."""
    return _aliases(mappings.family("*"), seconds=seconds)


def serving(language: str) -> str | None:
    """Return the index that serves a language, of whatever mapping version."""
    return serving_indices().get(mappings.family(language))


def kept(language: str) -> list[str]:
    """Return all indices of a language, the newest first."""
    pattern = f"{mappings.family(language)}-v*"
    found = client.request("GET", f"/_cat/indices/{pattern}", format="json", h="index")
    names = [entry["index"] for entry in found]  # type: ignore[index]
    ours = [name for name in names if mappings.is_of_family(name, language)]
    return sorted(ours, key=lambda name: name.rpartition("-")[2], reverse=True)


def is_building(language: str, index: str) -> bool:
    """Return whether an index is there and shipped to as the one being built."""
    name = mappings.building_alias(language)
    return _aliases(name).get(name) == index and index not in red_indices()


def red_indices() -> set[str]:
    """Return the indices of ours of which a part is not available at all."""
    path = f"/_cluster/health/{mappings.family('*')}"
    health = client.request("GET", path, level="indices")
    return {name for name, state in health["indices"].items() if state["status"] == "red"}


def create(language: str, index: str) -> None:
    """Create an index to be filled: no copies, no refresh, no waiting for the disk; see `finish`.

    What a crash of the server takes with it is missed by the comparison that ends a rebuild.
    """
    body = mappings.index_body(language)
    body["settings"]["index"] |= {
        "number_of_replicas": 0, "refresh_interval": "-1", "translog.durability": "async",
    }  # fmt: skip
    body["aliases"] = {mappings.building_alias(language): {}}
    client.request("PUT", f"/{index}", body)


def begin(language: str, index: str) -> None:
    """Let the worker ship to an index that was kept."""
    alias = mappings.building_alias(language)
    actions: list[dict[str, dict[str, str]]] = [
        {"remove": {"index": other, "alias": alias}} for other in _aliases(alias).values()
    ]
    actions.append({"add": {"index": index, "alias": alias}})
    client.request("POST", "/_aliases", {"actions": actions})


def finish(language: str, index: str) -> None:
    """Give a filled index its copies and its pause between refreshes; put it on disk."""
    wanted = mappings.index_body(language)["settings"]["index"]
    changed = {name: wanted[name] for name in ("number_of_replicas", "refresh_interval")}
    changed["translog.durability"] = "request"
    client.request("PUT", f"/{index}/_settings", {"index": changed})
    client.request("POST", f"/{index}/_flush")


def is_copied(index: str, *, seconds: int) -> bool:
    """Wait for the copies of an index; return whether none is on its way any more."""
    health = client.request(
        "GET",
        f"/_cluster/health/{index}",
        wait_for_no_initializing_shards="true",
        timeout=f"{seconds}s",
    )
    return not health["timed_out"]


def swap(language: str, index: str) -> None:
    """Make an index the one that serves, in one step: no reader meets none or two."""
    family = mappings.family(language)
    actions: list[dict[str, dict[str, str]]] = [
        {"remove": {"index": other, "alias": alias}}
        for alias, other in _aliases(f"{family},{family}.v*").items()
    ]
    actions += [
        {"add": {"index": index, "alias": alias}} for alias in (family, mappings.alias(language))
    ]
    client.request("POST", "/_aliases", {"actions": actions})


def drop(language: str, *, keep: Collection[str | None]) -> None:
    """Delete all indices of a language but some."""
    for name in kept(language):
        if name not in keep:
            client.request("DELETE", f"/{name}")


def _aliases(pattern: str, *, seconds: float = client.ADMIN_TIMEOUT) -> dict[str, str]:
    path = f"/_cat/aliases/{pattern}"
    found = client.request("GET", path, seconds=seconds, format="json", h="alias,index")
    return {entry["alias"]: entry["index"] for entry in found}  # type: ignore[index]
