"""Keeping personal links out of the log: Django writes the address of every 404 into it."""

import logging
import re

_LINK = re.compile(r"(?i)(/vorab/|/antwort/|/password_reset/confirm/[^/\s]+/)[^/\s]+")


class HideTokens(logging.Filter):
    """Replaces the secret of personal links in whatever is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the record; it is always kept."""
        message = record.getMessage()
        masked = _LINK.sub(r"\1…", message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True
