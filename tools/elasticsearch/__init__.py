"""A real Elasticsearch for tests and local development, fetched with Maven."""

from tools.elasticsearch.distribution import FetchFailed, MavenNotFound, fetch
from tools.elasticsearch.java import JavaNotFound, find_java
from tools.elasticsearch.server import ElasticsearchServer
from tools.supervised import ServerFailed

__all__ = [
    "ElasticsearchServer",
    "FetchFailed",
    "JavaNotFound",
    "MavenNotFound",
    "ServerFailed",
    "fetch",
    "find_java",
]
