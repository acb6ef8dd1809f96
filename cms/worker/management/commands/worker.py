"""Run the background process."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cms.worker.loop import run, run_once


class Command(BaseCommand):
    """Publish what is due, ship it to Elasticsearch, and go on until told to stop."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command. SIGTERM and Ctrl-C end it after the duty at hand."""
        if options["once"]:
            self.stdout.write(f"{run_once(now=timezone.now())} done")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("The worker runs.")
        run(stop=stop)
