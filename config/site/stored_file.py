"""Sends a stored file on behalf of a view that has decided access.

The view answers with an empty body and the header X-Guildhall-File, whose value is the
percent-encoded path; no thread of the pool is held while the client reads.
"""

import asyncio
import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

from config.site.http import Request

logger = logging.getLogger(__name__)

FILE_HEADER = b"x-guildhall-file"
# A player that asks for "the rest" of a long video and then seeks costs no more than this.
MAX_PART_BYTES = 2 * 1024 * 1024
BLOCK_BYTES = 128 * 1024

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Part:
    """What of a file is sent: length bytes from start, with a status and what describes it."""

    status: int
    start: int
    length: int
    headers: Headers


class FileSender:
    """Sends one file as the answer to one request, never ahead of the client."""

    def __init__(self, request: Request, stall_seconds: float) -> None:
        self._request = request
        self._stall_seconds = stall_seconds

    async def send(self, path: Path, status: int, headers: Headers) -> None:
        """Answer with path, or with 404 where it can't be opened."""
        try:
            file = await asyncio.to_thread(path.open, "rb")
        except OSError as error:
            logger.error("A stored file can't be read: %s", error)
            self._request.basic_error(404, b"Not Found", "This file is not here.")
            return
        with file:
            part = self._choose_part(os.fstat(file.fileno()).st_size, status, headers)
            kept = [(k, v) for k, v in headers if k.lower() != b"content-length"]
            self._reply("start", status=part.status, headers=kept + part.headers)
            if self._request.method == b"HEAD" or await self._send_part(file, part):
                self._reply("body", body=b"")

    async def _send_part(self, file: IO[bytes], part: Part) -> bool:
        """Return whether the whole part went out."""
        file.seek(part.start)
        left = part.length
        while left and not self._is_gone():
            block = await asyncio.to_thread(file.read, min(left, BLOCK_BYTES))
            if not block:
                self._request.handle_exception(EOFError("a stored file is shorter than it was"))
                return False
            left -= len(block)
            self._reply("body", body=block, more_body=True)
            await self._request.drained(self._stall_seconds)
        return not self._is_gone()

    def _choose_part(self, size: int, status: int, headers: Headers) -> Part:
        wanted = self._request.getHeader(b"range")
        version = self._request.getHeader(b"if-range")
        validators = {v for k, v in headers if k.lower() in {b"etag", b"last-modified"}}
        is_stale = version is not None and version not in validators
        if wanted is None or status != 200 or self._request.method != b"GET" or is_stale:
            return whole(size, status)
        return requested_part(wanted, size)

    def _is_gone(self) -> bool:
        return bool(self._request.finished) or self._request.channel is None

    def _reply(self, kind: str, **message: Any) -> None:
        self._request.handle_reply({"type": f"http.response.{kind}", **message})


def take_file_header(message: dict[str, Any]) -> Path | None:
    """Take the path out of the start of an answer, so that the client never sees it."""
    headers: Headers = message.get("headers", [])
    found = [v for k, v in headers if k.lower() == FILE_HEADER]
    if not found:
        return None
    message["headers"] = [(k, v) for k, v in headers if k.lower() != FILE_HEADER]
    return Path(unquote(found[0].decode("ascii")))


def requested_part(wanted: bytes, size: int) -> Part:
    """Read a Range header (RFC 9110, section 14): one range counts, anything else means all."""
    match = re.fullmatch(rb"bytes=(\d{0,18})-(\d{0,18})", wanted.strip())
    if match is None or not any(match.groups()):
        return whole(size, 200)
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    stop = min(size, start + MAX_PART_BYTES, int(last) + 1 if first and last else size)
    if first and last and int(last) < int(first):
        return whole(size, 200)
    if start >= size:
        return Part(416, 0, 0, [*length_header(0), (b"content-range", b"bytes */%d" % size)])
    content_range = b"bytes %d-%d/%d" % (start, stop - 1, size)
    return Part(
        206,
        start,
        stop - start,
        [*length_header(stop - start), (b"content-range", content_range)],
    )


def whole(size: int, status: int) -> Part:
    return Part(status, 0, size, [*length_header(size), (b"accept-ranges", b"bytes")])


def length_header(length: int) -> Headers:
    return [(b"content-length", str(length).encode())]
