"""What is said where Django isn't asked, or has failed: a sentence, for programs a problem."""

import json
from http import HTTPStatus


def refusal(path: str, status: int, sentence: str) -> tuple[bytes, bytes]:
    """Return the content type and the body of an answer; path is that of the request."""
    if path.startswith("/api/"):
        told = {"title": HTTPStatus(status).phrase, "status": status, "detail": sentence}
        return b"application/problem+json", json.dumps(told).encode()
    return b"text/plain; charset=utf-8", f"{sentence}\n".encode()
