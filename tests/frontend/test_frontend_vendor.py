import gzip
import hashlib
import json
from pathlib import Path

import frontend

STATIC = Path(frontend.__file__).parent / "static"
VENDOR = STATIC / "vendor"


def recorded() -> dict[str, str]:
    packages = json.loads((VENDOR / "VERSIONS.json").read_text()).values()
    return {name: digest for package in packages for name, digest in package["sha256"].items()}


def test_vendored_files_are_the_recorded_ones() -> None:
    found = {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in recorded()}
    assert found == recorded()


def test_every_vendored_file_is_recorded() -> None:
    present = {f"vendor/{path.name}" for path in VENDOR.iterdir()} - {"vendor/VERSIONS.json"}
    assert present == {name for name in recorded() if name.startswith("vendor/")}


def test_scripts_weigh_less_than_their_budget() -> None:
    scripts = [*(STATIC / "js").glob("*.js"), VENDOR / "htmx.min.js"]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in scripts)
    assert weight < 45_000
