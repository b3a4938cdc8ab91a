"""Permission tests are tested: each filter that is removed makes at least one of them fail."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proof.mutants import VARIABLE, mutants

pytestmark = pytest.mark.proof

ROOT = Path(__file__).parents[2]
OPTIONS = ["-x", "-q", "--nomigrations", "-p", "tests.proof.mutants"]
OPTIONS += ["-m", "not service and not browser and not proof"]
CANARY = "tests/house/canary"
# Mutants that change nothing a test can see, each with the reason.
EQUAL: dict[str, str] = {}


def test_no_mutant_survives() -> None:
    survivors = []
    for mutant in mutants():
        by = killer(mutant)
        print(f"{mutant:70} {by or EQUAL.get(mutant, 'survives')}", flush=True)  # noqa: T201
        if not by and mutant not in EQUAL:
            survivors.append(mutant)
    assert survivors == []


def killer(mutant: str) -> str:
    """The first test that fails with mutant in place: of its capability, its area, the canary."""
    area, capability = mutant.split(".")[:2]
    own = f"tests/{area}/{capability}"
    beside = [f"tests/{other}" for other in (area, "community", "discussions")]
    others = [path for path in dict.fromkeys(beside) if not own.startswith(f"{path}/")]
    stages = [[own], [CANARY], [f"tests/{area}", f"--ignore={own}"], others]
    return next(filter(None, (first_failure(mutant, stage) for stage in stages if stage)), "")


def first_failure(mutant: str, chosen: list[str]) -> str:
    chosen = [path for path in chosen if path.startswith("-") or (ROOT / path).exists()]
    if not any(not path.startswith("-") for path in chosen):
        return ""
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *OPTIONS, *chosen],
        cwd=ROOT,
        env=os.environ | {VARIABLE: mutant},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", ran.stdout, re.MULTILINE)
    assert found or ran.returncode in {0, 5}, ran.stdout[-2_000:] + ran.stderr[-2_000:]
    return found[1] if found else ""
