"""manage.py start: what `make run` does once everything is installed."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from community.accounts.models import User
from config.demo.company import GUEST_DOMAIN, LOGINS, PASSWORD
from config.demo.load import make_demo_company
from config.management.commands.prepare import analyze
from config.site.folder import FolderInUse, keep_folder
from config.site.listener import ListenError, open_listener

DOMAINS = ("@brightwater.example", f"@{GUEST_DOMAIN}")


class Command(BaseCommand):
    help = "Prepare the site, make the demo company on the first start, and serve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reload", action="store_true", help="restart on changes (DEBUG=1)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.require_free_port()
        self.keep_folder()
        self.stdout.write("Preparing the site ...")
        call_command("prepare")
        if settings.DEMO and not User.objects.exists():
            self.stdout.write("Making the demo company, once ...")
            self.make_demo()
        self.welcome()
        call_command("serve", reload=options["reload"])

    def require_free_port(self) -> None:
        """Before minutes of preparing: `serve` would find a taken port only afterwards."""
        try:
            open_listener(settings.HOST, settings.PORT).close()
        except ListenError as error:
            raise SystemExit(str(error)) from error

    def keep_folder(self) -> None:
        """With PostgreSQL several servers may share a folder."""
        if connection.vendor != "sqlite":
            return
        try:
            keep_folder(settings.DATA_DIR)
        except FolderInUse as error:
            raise SystemExit(str(error)) from error

    def make_demo(self) -> None:
        """All of it or nothing: its texts must pass the limits that the environment sets."""
        try:
            self.keep_name(make_demo_company())
        except (ValidationError, PermissionDenied) as error:
            why = " ".join(getattr(error, "messages", None) or [str(error)])
            raise SystemExit(
                f"The demo company doesn't fit the settings of this site. {why}\n"
                "Start once without them, or with DEMO=0 for an empty site."
            ) from error
        analyze()

    def keep_name(self, name: str) -> None:
        """The company's name on the sign-in page, unless SITE_NAME says another one."""
        settings.SITE_NAME_FILE.write_text(name, encoding="utf-8")

    def welcome(self) -> None:
        from community.roles.setup import setup_url

        self.stdout.write(f"\nGuildhall runs at {settings.SITE_URL}\n")
        there = User.objects.in_bulk(LOGINS.values(), field_name="handle")
        demo = {handle: one for handle, one in there.items() if str(one.email).endswith(DOMAINS)}
        if url := setup_url():
            self.stdout.write(f"Nobody is here yet. Make the first admin at {url}\n")
        for role, handle in LOGINS.items():
            if handle in demo:
                self.stdout.write(f"  {role:18} {demo[handle].email:28} {PASSWORD}")
        self.stdout.write("\nStop with Ctrl-C.\n")
        self.stdout.flush()
