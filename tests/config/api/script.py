"""What a reader of the page "Use the API" would write, with the standard library alone."""

import json
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4


class Api:
    """Asks with one person's token."""

    def __init__(self, site: str, token: str) -> None:
        self._site, self._token = site, token

    def get(self, path: str) -> Any:
        return json.loads(self.fetch(path))

    def fetch(self, path: str) -> bytes:
        return self._send("GET", path, None, {})

    def make(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """With a key, so that it could be sent again."""
        headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
        return json.loads(self._send("POST", path, json.dumps(body or {}).encode(), headers))

    def put(self, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Content-Type": "application/json"}
        found = self._send("PUT", path, json.dumps(body or {}).encode(), headers)
        return json.loads(found) if found else None

    def send_file(self, name: str, content: bytes) -> Any:
        """As a form with one field, file."""
        edge = uuid4().hex
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        headers = {
            "Idempotency-Key": str(uuid4()),
            "Content-Type": f"multipart/form-data; boundary={edge}",
        }
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return json.loads(self._send("POST", "/files", body, headers))

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        known = {"Authorization": f"Bearer {self._token}"} | headers
        url = f"{self._site}/api/v1{path}"
        request = urllib.request.Request(url, body, known, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            found: bytes = answer.read()
        return found


def run(
    asks: Api, answers: Api, *, picture: bytes, colleague: str, wait: Callable[[], None]
) -> Any:
    """Do all that the page shows, as two people; returns what was found at the end.

    wait is called between two looks at what the site does in the background.
    """
    space = asks.make("/spaces", {"name": "Bridges", "description": "All about bridges."})
    slug = space["slug"]
    person = asks.get(f"/people?q={quote(colleague)}")["results"][0]
    asks.put(f"/spaces/{slug}/invitations/{person['handle']}")
    answers.put(f"/spaces/{slug}/membership")

    file = asks.send_file("crack.png", picture)
    question = asks.make(
        "/topics",
        {
            "space": slug,
            "kind": "question",
            "title": "Is this crack dangerous?",
            "source": f"It is in pillar 4:\n\n![The crack]({file['url']})",
            "tags": ["bridges"],
        },
    )
    link = asks.make(
        "/resources/links",
        {
            "space": slug,
            "url": "https://example.org/cracks",
            "title": "A catalogue of cracks",
            "source": "With a picture of each.",
            "tags": ["bridges"],
        },
    )
    answer = answers.make(f"/topics/{question['id']}/answers", {"source": "It is paint."})
    asks.put(f"/posts/{answer['id']}/acceptance")
    answers.put(f"/resources/{link['id']}/rating", {"stars": 5, "sentence": "Complete."})

    return {
        "topic": answers.get(f"/topics/{question['id']}"),
        "picture": answers.get(f"/files/{file['id']}"),
        "link": answers.get(f"/resources/{link['id']}"),
        "archive": export_space(asks, slug, wait),
    }


def export_space(asks: Api, slug: str, wait: Callable[[], None]) -> bytes:
    export = asks.make(f"/spaces/{slug}/exports")
    while export["ready_at"] is None and not export["has_failed"]:
        wait()
        export = asks.get(f"/me/exports/{export['id']}")
    return asks.fetch(f"/me/exports/{export['id']}/file")
