"""What is found where: answered by the database. The index must answer the same (test_service_index)."""

from tests.search.rules import *  # noqa: F403 - the rules are the tests
