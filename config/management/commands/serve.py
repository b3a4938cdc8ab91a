import resource
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from config.site.listener import ListenError, open_listener
from config.site.supervise import replace_this_process
from config.stores import limit_waits

MAX_OPEN_FILES = 65_536


class Command(BaseCommand):
    help = "Runs the site: one web process and one worker process under a supervisor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--web", action="store_true", help="Run the web process alone.")
        parser.add_argument(
            "--reload", action="store_true", help="Start again when files change; DEBUG only."
        )
        parser.add_argument("--listener-fd", type=int, help="A listening socket to take over.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reload"] and (options["web"] or not settings.DEBUG):
            raise CommandError("--reload needs DEBUG=1 and both processes.")
        listener = self._listener(options)
        if options["web"]:
            serve_web(listener)
            return
        replace_this_process(
            Path(settings.BASE_DIR, "manage.py"),
            listener.detach(),
            drain_seconds=settings.DRAIN_SECONDS,
            reload=options["reload"],
        )

    def _listener(self, options: dict[str, Any]) -> socket.socket:
        if options["listener_fd"] is not None:
            return socket.socket(fileno=options["listener_fd"])
        try:
            return open_listener(options["host"], options["port"])
        except ListenError as error:
            sys.exit(str(error))


def allow_sockets() -> None:
    """As many open files as the machine lets this process have: 1,024 are less than the sockets."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MAX_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, MAX_OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def serve_web(listener: socket.socket) -> None:
    """Serve on listener until a signal says to end."""
    # Imported first, because it chooses the event loop for everything that uses Twisted.
    from config.site.daphne_server import Server  # isort: skip
    from community.http.last_use import UseWriter
    from community.sessions.last_use import session_uses
    from community.tokens.last_use import token_uses
    from config.asgi import application

    # Connections are made later, each in its thread.
    limit_waits(
        connections.settings["default"],
        lock_seconds=settings.WEB_LOCK_SECONDS,
        statement_seconds=settings.WEB_STATEMENT_SECONDS,
    )
    allow_sockets()
    uses = UseWriter([session_uses, token_uses])
    uses.start()
    Server(
        application,
        listener,
        max_body_bytes=settings.MAX_BODY_BYTES,
        max_upload_bytes=settings.MAX_UPLOAD_BYTES,
        session_cookie=settings.SESSION_COOKIE_NAME,
        max_frame_bytes=settings.MAX_FRAME_BYTES,
        drain_seconds=settings.DRAIN_SECONDS,
    ).run()
    uses.stop()
