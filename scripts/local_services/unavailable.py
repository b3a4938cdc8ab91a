"""What a service raises when it can't be had, and the programs whose failure means that."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .accounts import Account


class UnavailableError(Exception):
    """A service can't be had on this machine; one sentence says why and how to get it."""


def run_or_give_up(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a program to its end. UnavailableError with the last line it printed when it fails."""
    # A session of its own: killing the caller must not leave dpkg half way.
    done = subprocess.run(
        command,
        env={**os.environ, **(env or {})},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        cwd="/",
        **(account or {}),
    )
    if done.returncode != 0:
        raise UnavailableError(f"{Path(command[0]).name} failed: {last_line(done.stdout)}")


def last_line(text: str) -> str:
    """The last line that says something."""
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else "it said nothing"
