"""Export the record of the newsroom."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from newsroom.approval.models import AuditEntry


class Command(BaseCommand):
    """Print the record as JSON lines, the oldest entry first."""

    help = "Export the record of who did what: one JSON object a line, times in UTC."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask from when on."""
        parser.add_argument(
            "--since",
            required=True,
            help="first moment: 2026-12-01 or 2026-12-01T09:00 (Europe/Berlin) or with an offset",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the entries."""
        entries = AuditEntry.objects.filter(at__gte=_moment(options["since"]))
        for entry in entries.iterator(chunk_size=1000):
            self.stdout.write(json.dumps(_line(entry), ensure_ascii=False))


def _line(entry: AuditEntry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "action": entry.action,
        "actor": entry.actor_id,
        "page": entry.page_id,
        "revision": entry.revision_id,
        "sha256": entry.fingerprint,
        "note": entry.note,
    }


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text)):
            moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - made aware below
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"--since {text!r} is no moment; write for example 2026-12-01T09:00")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
