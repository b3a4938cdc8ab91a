"""The Idempotency-Key of a request, with a digest of what it sends.

As draft-ietf-httpapi-idempotency-key-header-07 asks: a key that comes again with something else is
an error of the program, and never answered with what the first request made.
"""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework.request import Request

from community.http.idempotency import DIGEST_BYTES, SentKey


def sent_key(request: Request, body: Mapping[str, Any]) -> str:
    """Return the key; "" without one. body is the checked one: the order of fields is no matter."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return ""
    digest = blake2b(
        f"{request.method} {request.get_full_path()}\n".encode(), digest_size=DIGEST_BYTES
    )
    plain = {name: value for name, value in body.items() if not isinstance(value, UploadedFile)}
    digest.update(json.dumps(plain, sort_keys=True, default=str).encode())
    for name in sorted(body.keys() - plain.keys()):
        _add_file(digest, name, body[name])
    return SentKey.of(key, digest.hexdigest())


def _add_file(digest: Any, name: str, file: "UploadedFile[bytes]") -> None:
    digest.update(json.dumps([name, file.name, file.size]).encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
