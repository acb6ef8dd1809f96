"""The settings an Elasticsearch instance is started with."""

import json
from pathlib import Path

from tools.elasticsearch import configuration


def settings(seed: int | None = None) -> dict[str, configuration.Setting]:
    return configuration.settings(
        name="node-1",
        port=21000,
        transport_port=21001,
        data=Path("/x/data"),
        logs=Path("/x/logs"),
        seed=seed,
    )


def test_a_first_node_founds_its_own_cluster() -> None:
    result = settings()
    assert result["cluster.initial_master_nodes"] == ["node-1"]
    assert result["discovery.seed_hosts"] == []


def test_a_further_node_joins() -> None:
    result = settings(seed=21005)
    assert "cluster.initial_master_nodes" not in result
    assert result["discovery.seed_hosts"] == ["127.0.0.1:21005"]


def test_it_listens_on_the_loopback_interface_only() -> None:
    assert settings()["network.host"] == "127.0.0.1"


def test_yaml_has_one_setting_a_line() -> None:
    lines = configuration.as_yaml(settings()).splitlines()
    assert "http.port: 21000" in lines
    assert "xpack.security.enabled: false" in lines
    assert dict(read(line) for line in lines) == settings()


def test_a_strange_path_is_quoted() -> None:
    text = configuration.as_yaml({"path.data": '/a: "b" #c'})
    assert text == 'path.data: "/a: \\"b\\" #c"\n'


def read(line: str) -> tuple[str, configuration.Setting]:
    key, _, value = line.partition(": ")
    return key, json.loads(value)


def test_the_folder_has_the_heap_size(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    for file in ("jvm.options", "log4j2.properties"):
        (home / "config" / file).write_text(file)
    folder = tmp_path / "config"
    configuration.write(folder, home=home, heap="1g", settings=settings())
    options = (folder / "jvm.options.d" / "gesamtschau.options").read_text().splitlines()
    assert {"-Xms1g", "-Xmx1g"} <= set(options)
    assert (folder / "jvm.options").read_text() == "jvm.options"


def test_a_secured_node_speaks_tls_on_both_layers() -> None:
    result = configuration.settings(
        name="node-1",
        port=21000,
        transport_port=21001,
        data=Path("/x/data"),
        logs=Path("/x/logs"),
        seed=None,
        is_secured=True,
    )
    assert result["xpack.security.enabled"] is True
    for layer in ("http", "transport"):
        assert result[f"xpack.security.{layer}.ssl.enabled"] is True
        assert result[f"xpack.security.{layer}.ssl.certificate"] == "certificates/node.pem"
