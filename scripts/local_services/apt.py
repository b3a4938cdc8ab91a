"""Debian packages, installed when the script runs as root on Debian."""

import os
import shutil
import threading

from .unavailable import UnavailableError, run_or_give_up

_one_at_a_time = threading.Lock()
_lists_are_fresh = threading.Event()


def install(*packages: str, otherwise: str) -> None:
    """Install packages. UnavailableError(otherwise) where that is impossible, else apt's words."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise UnavailableError(otherwise)
    with _one_at_a_time:
        if not _lists_are_fresh.is_set():
            _apt("update")
            _lists_are_fresh.set()
        _apt("install", "--yes", "--no-install-recommends", *packages)


def _apt(*arguments: str) -> None:
    run_or_give_up(
        ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *arguments],
        env={"DEBIAN_FRONTEND": "noninteractive"},
    )
