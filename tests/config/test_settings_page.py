"""docs/settings.md names every variable that the site reads, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_page_names_every_variable() -> None:
    code = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    read = set(re.findall(r'read(?:_text|_address)?\(\s*"([A-Z_]+)"', code))
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert len(read) > 60
    assert set(re.findall(r"`([A-Z_]+)`", " ".join(rows))) == read
