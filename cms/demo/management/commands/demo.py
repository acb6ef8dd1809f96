"""Start the demonstration: site and worker on this machine, without any server."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.demo.large import load_large
from cms.demo.people import PASSWORD, PEOPLE, create_people
from cms.demo.processes import serve
from cms.demo.services import load_demo
from newsroom.members.commands import bar


class Command(BaseCommand):
    """Migrate, load the demo content once, start site and worker."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--port", type=int, default=8000, help="port of the site (8000)")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--large", action="store_true", help="244 members with ten offers each; takes minutes"
        )
        parser.add_argument("--no-serve", action="store_true", help="load the content, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command. Refuses production settings: its passwords are public."""
        if not settings.IS_DEMO_ALLOWED:
            raise CommandError(
                "The demonstration has public passwords: it does not run with production settings."
            )
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write("Loading the demonstration …")
        if load_demo(now=timezone.now()):
            self.stdout.write("Loaded.")
        else:
            self.stdout.write("There already; what was written is kept.")
        if options["large"]:
            self.stdout.write("Filling the directory …")
            people = create_people()
            load_large(
                writer=people["presse"],
                approver=people["redaktion"],
                now=timezone.now(),
                progress=bar(self.stderr),
            )
        if not options["no_serve"]:
            serve(
                host=options["host"],
                port=options["port"],
                announce=lambda url: self._announce(url),
            )

    def _announce(self, url: str) -> None:
        lines = [
            "",
            f"  Site    {url}/de/",
            f"  Search  {url}/de/suche/?q=Sprachkurs&region=38300",
            f"  API     {url}/api/v1/search?q=Sprachkurs&region=03158",
            f"  Admin   {url}/admin/",
            "",
            f"  Sign-in (password of all: {PASSWORD})",
            *(f"    {person.username:<14}{person.task}" for person in PEOPLE),
            "",
            "  Ctrl-C ends it.",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
