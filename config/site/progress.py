"""How far a command has come: one line on a terminal that is written over."""

import time

from django.core.management.base import OutputWrapper

SECONDS_BETWEEN_LINES = 0.2


class ProgressLine:
    """A file gets nothing but what `end` is given."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._shown_at = 0.0

    def show(self, what: str, done: int, total: int) -> None:
        if self._out.isatty() and time.monotonic() - self._shown_at >= SECONDS_BETWEEN_LINES:
            self._shown_at = time.monotonic()
            self._write_over(f"{what}: {done:,} of {total:,}")

    def end(self, text: str) -> None:
        """Put text in the line's place and go to the next one."""
        self._write_over(f"{text}\n")

    def _write_over(self, text: str) -> None:
        start = "\r\x1b[K" if self._out.isatty() else ""
        self._out.write(start + text, ending="")
        self._out.flush()
