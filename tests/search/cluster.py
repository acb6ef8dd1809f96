"""Clusters for tests: several nodes, TLS, keys with few rights."""

import uuid
from contextlib import ExitStack, contextmanager

from search import client
from tools.elasticsearch import ElasticsearchServer

# As docs/operations.md tells operators to make them.
SEARCH_ROLE = {
    "indices": [{"names": ["{prefix}-*"], "privileges": ["read", "view_index_metadata"]}],
}
INDEX_ROLE = {
    "cluster": ["monitor"],
    "indices": [{"names": ["{prefix}-*"], "privileges": ["read", "write", "manage"]}],
}


@contextmanager
def cluster(nodes, **options):
    """Run a cluster; yield its servers."""
    with ExitStack() as stack:
        servers = []
        for number in range(nodes):
            joins = servers[0] if servers else None
            server = ElasticsearchServer(name=f"node-{number + 1}", joins=joins, **options)
            servers.append(stack.enter_context(server))
        yield servers


def make_key(role, prefix):
    """Return a new API key with nothing but a role; asks the configured server."""
    indices = [
        {**rule, "names": [name.format(prefix=prefix) for name in rule["names"]]}
        for rule in role["indices"]
    ]
    body = {"name": uuid.uuid4().hex, "role_descriptors": {"only": {**role, "indices": indices}}}
    return client.request("POST", "/_security/api_key", body)["encoded"]
