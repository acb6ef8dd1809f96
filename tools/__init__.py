"""Servers for tests and local development, run from real binaries without a container."""


class ToolError(RuntimeError):
    """Something outside the project is missing or failed; the message says what to do."""
