"""Look before the hour: does anything of what is scheduled show too early?"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.delivery.probe.rehearsal import Item, Sighting, Walk, waiting_items, walk
from cms.delivery.probe.sandbox import nothing_leaves
from cms.pages.clock import clock_change
from search import client

LEAK, UNSURE = 1, 2  # exit codes
STEP = 50  # addresses between two lines of progress
SHOWN = 3  # addresses of one surface in the list of what becomes visible; -v 2 shows all


class Command(BaseCommand):
    """Ask every public address one second before an hour and at it; change nothing.

    Exit code 0: nothing shows early; 1: something does; 2: it could not be found out.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--at", required=True, help="the hour, for example 2026-12-01T09:00 (Europe/Berlin)"
        )
        parser.add_argument(
            "--database-only", action="store_true", help="do not ask Elasticsearch at all"
        )
        parser.add_argument(
            "--language", choices=("de", "en"), default="de", help="of the report (de)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        with translation.override(options["language"]):
            self._run(options)

    def _run(self, options: dict[str, Any]) -> None:
        hour = moment(options["at"], now=timezone.now())
        items = waiting_items()
        self._say(_("Embargo probe for %(hour)s") % {"hour": written(hour)})
        self._say(
            ngettext(
                "%(count)d approved version waits for its hour.",
                "%(count)d approved versions wait for their hour.",
                len(items),
            )
            % {"count": len(items)}
        )
        for item in items:
            self._say(f"  {named(item)}: {written(item.due_at)}")
        with nothing_leaves():
            before = self._walk(hour - timedelta(seconds=1), items, options)
            self._tell_leaks(before)
            after = self._walk(hour, items, options)
            self._tell_leaks(after)
            self._tell_shown(before, after)
        self._finish(before, after)

    def _walk(self, at: datetime, items: list[Item], options: dict[str, Any]) -> Walk:
        def progress(done: int, total: int) -> None:
            if done % STEP == 0 or done == total:
                self.stderr.write(f"  {written(at)}: {done}/{total}", ending="\r")
                if done == total:
                    self.stderr.write("")

        return walk(at, items, is_database_only=options["database_only"], progress=progress)

    def _tell_leaks(self, seen: Walk) -> None:
        count = ngettext(
            "%(moment)s: %(count)d address asked,",
            "%(moment)s: %(count)d addresses asked,",
            seen.asked,
        ) % {"moment": written(seen.moment), "count": seen.asked}
        if not seen.leaks:
            self._say(f"{count} " + _("nothing shows of what still waits."))
            return
        self._say(f"{count} " + _("this shows TOO EARLY:"))
        for leak in seen.leaks:
            self._say(f"  {described(leak)}")

    def _tell_shown(self, before: Walk, after: Walk) -> None:
        if client.is_configured():
            self._say(_("Nothing was sent to Elasticsearch: at the hour only the database knows."))
        fresh = [item for item in after.shown if item not in before.shown]
        if not fresh:
            self._say(_("Nothing becomes public at this hour."))
        for item in fresh:
            self._say(_("Becomes public at the hour: %(item)s") % {"item": named(item)})
            self._tell_places([each for each in after.sightings if each.item == item])
        for item in after.hidden:
            if item.due_at <= after.moment:
                self._say(
                    _("Its hour has come, but it stays hidden: %(item)s (its source or parent is "
                      "not public, or it was refused)") % {"item": named(item)}
                )  # fmt: skip

    def _tell_places(self, sightings: list[Sighting]) -> None:
        by_surface: dict[str, list[Sighting]] = {}
        for sighting in sightings:
            by_surface.setdefault(sighting.surface, []).append(sighting)
        for surface, places in by_surface.items():
            shown = places if self._verbosity > 1 else places[:SHOWN]
            for place in shown:
                self._say(f"  {surface}: {place.address} ({', '.join(place.fields)})")
            if len(places) > len(shown):
                more = len(places) - len(shown)
                self._say("  " + _("%(surface)s: and %(more)d more") % vars_of(surface, more))

    def _finish(self, before: Walk, after: Walk) -> None:
        failures = sorted({*before.failures, *after.failures})
        for failure in failures:
            self.stderr.write(_("could not be asked: %(address)s") % {"address": failure})
        if before.leaks or after.leaks:
            raise CommandError(_("Something shows too early."), returncode=LEAK)
        if failures:
            raise CommandError(
                _("Nothing was seen early, but not every address answered."), returncode=UNSURE
            )
        self._say(_("Nothing shows too early."))

    def _say(self, text: str) -> None:
        self.stdout.write(text)

    def execute(self, *args: Any, **options: Any) -> Any:
        """Keep the verbosity for the report."""
        self._verbosity = int(options.get("verbosity", 1))
        return super().execute(*args, **options)


def moment(text: str, *, now: datetime) -> datetime:
    """Return the hour that an operator typed, in UTC. Raises CommandError that says what to do."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            _("“%(text)s” is no time. Write it like 2026-12-01T09:00.") % {"text": text[:40]},
            returncode=UNSURE,
        ) from None
    if read.tzinfo is None:
        berlin = timezone.get_default_timezone()
        if clock_change(read, berlin):
            raise CommandError(
                _("The clocks change at this hour: say which one, like 2026-10-25T02:30+01:00."),
                returncode=UNSURE,
            )
        read = read.replace(tzinfo=berlin)
    try:
        hour = read.astimezone(UTC)
        hour - timedelta(seconds=1)
    except OverflowError:
        raise CommandError(_("This time is beyond all calendars."), returncode=UNSURE) from None
    if hour <= now:
        raise CommandError(
            _("This hour has passed: what was due then is public by now."), returncode=UNSURE
        )
    return hour


def written(at: datetime) -> str:
    """Return a moment as the alliance writes it, to the second."""
    return date_format(timezone.localtime(at, timezone.get_default_timezone()), "Y-m-d H:i:s T")


def named(item: Item) -> str:
    """Return how the report names an item."""
    return _("page %(id)d (%(language)s) “%(title)s”") % {
        "id": item.page_id,
        "language": item.language,
        "title": item.title,
    }


def described(leak: Sighting) -> str:
    """Return a leak in one line."""
    return f"{named(leak.item)}: {', '.join(leak.fields)} · {leak.surface} · {leak.address}"


def vars_of(surface: str, more: int) -> dict[str, Any]:
    """Return the values of a sentence."""
    return {"surface": surface, "more": more}
