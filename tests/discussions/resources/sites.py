"""A site elsewhere, which runs on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# By path: status, type (where it leads for 301) and content.
Answers = dict[str, tuple[int, str, bytes]]
PAGE = b"""<!doctype html><html><head><meta charset="utf-8"><title>Tunnels &amp; more</title>
<meta property="og:description" content="How they are dug."><meta property="og:image"
content="/picture.png"></head><body><title>Not this</title></body></html>"""


class Site(BaseHTTPRequestHandler):
    answers: Answers

    def do_GET(self) -> None:
        gone = (404, "text/html", b"<title>Not found</title>")
        status, kind, body = self.answers.get(self.path, gone)
        self.send_response(status)
        self.send_header("Location" if status == 301 else "Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@contextmanager
def running_site(answers: Answers) -> Iterator[str]:
    """Yield its host and port."""
    handler = type("Handler", (Site,), {"answers": answers})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{running.server_port}"
        running.shutdown()
