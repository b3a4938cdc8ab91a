"""The Chromium binary that Playwright drives; nothing runs until a test starts it."""

import shutil
import sys
from pathlib import Path

from . import apt
from .processes import Servers
from .unavailable import UnavailableError, run_or_give_up

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_ADVICE = (
    "no Chromium was found: install it (apt install chromium, or brew install chromium), "
    "or give the path of its binary in CHROMIUM"
)


def start(servers: Servers) -> str:
    """Find Chromium, proven by asking its version; the address is the path of its binary."""
    binary = _find()
    if binary is None:
        # Without a font every page would be drawn in empty boxes.
        apt.install("chromium", "fonts-liberation", otherwise=_ADVICE)
        binary = _find()
    if binary is None:
        raise UnavailableError(_ADVICE)
    run_or_give_up([binary, "--version"])
    return binary


def _find() -> str | None:
    on_path = next(filter(None, map(shutil.which, _NAMES)), None)
    if on_path is None and sys.platform == "darwin":
        return next((path for path in _MACOS if Path(path).exists()), None)
    return on_path
