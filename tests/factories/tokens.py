"""A program that asks the API as somebody."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from community.accounts.models import User
from community.http.idempotency import new_key
from community.tokens.actions import make_token
from community.tokens.queries import all_scopes


def make_secret(person: User, *scopes: str, days: int = 30) -> str:
    """Return the text of a fresh token; without scopes it may do everything."""
    chosen = scopes or sorted(all_scopes())
    return make_token(by=person, name="Script", scopes=chosen, days=days, key=new_key()).secret


class Program:
    """Asks with a token; answers are those of Django's test client."""

    def __init__(self, person: User, *scopes: str) -> None:
        self.secret = make_secret(person, *scopes)
        self._client = Client(raise_request_exception=False)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """path is what stands behind /api/v1; if_match is the header If-Match."""
        sent = "" if body is None else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.generic(
            method,
            f"/api/v1{path}",
            sent,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}"} | named,
        )

    def send_file(self, path: str, name: str, text: str, *, key: str = "") -> Any:
        """A form whose one field is file, as programs send CSV files."""
        headers = {"Authorization": f"Bearer {self.secret}"}
        return self._client.generic(
            "POST",
            f"/api/v1{path}",
            encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(name, text.encode())}),
            content_type=MULTIPART_CONTENT,
            headers=headers | ({"Idempotency-Key": key} if key else {}),
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)
