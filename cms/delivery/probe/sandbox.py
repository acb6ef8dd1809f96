"""Doing things for real without anything staying: a rehearsal in the site's own process."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages
from django.db import transaction
from django.test.utils import override_settings
from django.utils.deconstruct import deconstructible

from cms.settings.mail import mail

LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"


@deconstructible
class _Overlay(Storage):
    """Shows the files of `below`; what is written lies in a folder of its own."""

    def __init__(self, below: Storage, folder: str) -> None:
        self.below = below
        self.above = FileSystemStorage(location=folder)

    def _of(self, name: str) -> Storage:
        return self.above if self.above.exists(name) else self.below

    def _open(self, name: str, mode: str = "rb") -> File:
        return self._of(name).open(name, mode)

    def _save(self, name: str, content: Any) -> str:
        return self.above.save(name, content)

    def delete(self, name: str) -> None:
        """Delete what was written here; what lies below stays."""
        self.above.delete(name)

    def exists(self, name: str) -> bool:
        """Return whether there is such a file, written here or before."""
        return self.above.exists(name) or self.below.exists(name)

    def size(self, name: str) -> int:
        """Return the size in bytes."""
        return self._of(name).size(name)

    def url(self, name: str | None) -> str:
        """Return the address under which readers get the file."""
        return self.below.url(name)

    def path(self, name: str) -> str:
        """Return where the file lies; NotImplementedError where the storage has no folders."""
        return self._of(name).path(name)

    def get_modified_time(self, name: str) -> Any:
        """Return when the file was written."""
        return self._of(name).get_modified_time(name)


@contextmanager
def nothing_leaves() -> Iterator[None]:
    """Keep scaled pictures, mails and cached values of this process from anybody else.

    Django's test tools set the settings, because they also tell the caches and mailers.
    """
    caches = {
        alias: {"BACKEND": LOCAL_CACHE, "LOCATION": f"probe-{alias}"} for alias in settings.CACHES
    }
    with ExitStack() as stack:
        stack.enter_context(override_settings(CACHES=caches, **mail("dummy")))
        folder = stack.enter_context(TemporaryDirectory(prefix="gesamtschau-probe-"))
        stack.callback(setattr, default_storage, "_wrapped", storages["default"])
        default_storage._wrapped = _Overlay(storages["default"], folder)  # type: ignore[attr-defined]
        stack.enter_context(_quiet("django.request", "newsroom", "search"))
        yield


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo everything that is written to the database, also what is done at commit."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def without_elasticsearch() -> Iterator[None]:
    """Let the database answer every search, as it does while the server is away."""
    with override_settings(ELASTICSEARCH_URL=""):
        yield


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    """Keep expected refusals (404) and failures out of the operator's log."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
