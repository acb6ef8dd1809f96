"""How the project connects to a database. Nothing else configures one."""

from typing import Any

import environ

SQLITE_OPTIONS: dict[str, Any] = {
    # A write transaction takes its lock at BEGIN: two of them wait for each other instead of
    # failing with "database is locked" in the middle.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds
    # Readers go on while one writes; NORMAL is safe with a write-ahead log.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def configured(env: environ.Env, *, default: str) -> dict[str, Any]:
    """Return Django's settings of the database named by DATABASE_URL.

    `default` is a URL (sqlite:///… or postgresql://…). ATOMIC_REQUESTS stays off: it would make
    every public GET take SQLite's write lock.
    """
    config: dict[str, Any] = env.db_url("DATABASE_URL", default=default)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **SQLITE_OPTIONS}
    else:
        config.setdefault("CONN_MAX_AGE", 60)  # seconds
        config["CONN_HEALTH_CHECKS"] = True
    return config
