"""The configuration folder of one Elasticsearch instance."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from tools.ports import HOST

Setting = str | int | bool | list[str]


def settings(
    *,
    name: str,
    port: int,
    transport_port: int,
    data: Path,
    logs: Path,
    seed: int | None,
    is_secured: bool = False,
) -> dict[str, Setting]:
    """Return the settings of the node `name`; `seed` is the transport port of a node to join.

    A secured node finds its certificate in `certificates` beside its settings.
    """
    result: dict[str, Setting] = {
        "cluster.name": "gesamtschau",
        "node.name": name,
        "path.data": str(data),
        "path.logs": str(logs),
        "network.host": HOST,
        "http.port": port,
        "transport.port": transport_port,
        "xpack.security.enabled": is_secured,
        # A developer's nearly full disk must not turn indices read-only.
        "cluster.routing.allocation.disk.threshold_enabled": False,
        # A typing error in an index name must fail instead of creating an index.
        "action.auto_create_index": False,
        # Listing no seeds also keeps the node from looking for neighbours on its own.
        "discovery.seed_hosts": [] if seed is None else [f"{HOST}:{seed}"],
    }
    if seed is None:
        # Rather than `discovery.type: single-node`, which would refuse further nodes.
        result["cluster.initial_master_nodes"] = [name]
    if is_secured:
        for layer in ("http", "transport"):
            ssl = f"xpack.security.{layer}.ssl"
            result[f"{ssl}.enabled"] = True
            result[f"{ssl}.verification_mode"] = "certificate"
            result[f"{ssl}.certificate"] = "certificates/node.pem"
            result[f"{ssl}.key"] = "certificates/node.key"
            result[f"{ssl}.certificate_authorities"] = ["certificates/ca.pem"]
    return result


def as_yaml(settings: Mapping[str, Setting]) -> str:
    """Return `settings` as the text of an elasticsearch.yml, every JSON value being YAML."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())


def write_security(folder: Path, *, authority: Path, certificate: Path, key: Path) -> None:
    """Put the files that a secured node reads beside its settings in `folder`."""
    target = folder / "certificates"
    target.mkdir()
    for name, source in (("ca.pem", authority), ("node.pem", certificate), ("node.key", key)):
        shutil.copyfile(source, target / name)
    # Empty ones, to which its own tool adds.
    for name in ("users", "users_roles"):
        (folder / name).touch()


def write(folder: Path, *, home: Path, heap: str, settings: Mapping[str, Setting]) -> None:
    """Fill `folder` with the files of the distribution in `home`, `settings` and heap size."""
    options = folder / "jvm.options.d"
    options.mkdir(parents=True)
    for file in ("jvm.options", "log4j2.properties"):
        shutil.copyfile(home / "config" / file, folder / file)
    (folder / "elasticsearch.yml").write_text(as_yaml(settings))
    (options / "gesamtschau.options").write_text(
        f"-Xms{heap}\n-Xmx{heap}\n"
        # Only the quick compiler: tests gain more from a start two seconds shorter.
        "-XX:TieredStopAtLevel=1\n"
    )
