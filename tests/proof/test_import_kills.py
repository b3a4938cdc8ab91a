"""An import that is killed at random points ends, started again, in the state of one whole run."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.discussions.imports.sample_dump import Rows, write_dump

pytestmark = pytest.mark.proof

KILLS = 40
QUESTIONS = 600
# Random, or the time of the run.
NOT_COMPARED = {"public_id", "password"}
MADE_NOW = {("discussions_tag", "created_at"), ("community_space", "created_at")}


def test_killed_imports_end_like_a_whole_one(tmp_path: Path) -> None:
    folder = write_dump(tmp_path / "site", large_dump())
    empty = tmp_path / "empty"
    manage(empty, "migrate", "-v0").wait()
    whole = copy(empty, tmp_path / "whole")
    started = time.monotonic()
    assert start_import(whole, folder).wait() == 0
    seconds = time.monotonic() - started
    expected, chance = tables(whole), random.Random(7)
    assert len(expected["discussions_post"]) == QUESTIONS * 4

    kills = 0
    while kills < KILLS:
        killed = copy(empty, tmp_path / f"killed-{kills}")
        while kill_after(chance.uniform(0, seconds), start_import(killed, folder)):
            kills += 1
        assert tables(killed) == expected
        shutil.rmtree(killed)


def large_dump() -> dict[str, Rows]:
    """Questions with two answers, a comment, votes and links each."""
    numbers = range(1, QUESTIONS + 1)
    day = "2020-02-01T10:00:00.000"
    ask = {"PostTypeId": 1, "Title": "Why?", "Tags": "<a><b>", "Body": "<p>So</p>", "Score": 0}
    answer = {"PostTypeId": 2, "Body": "<p>Because <b>of it</b>.</p>", "CreationDate": day}
    posts: list[dict[str, object]] = []
    for n in numbers:
        accepted = {"AcceptedAnswerId": n * 10 + 1, "OwnerUserId": n, "CreationDate": day}
        posts.append({"Id": n * 10, **ask, **accepted})
        posts += [{"Id": n * 10 + i, "ParentId": n * 10, **answer} for i in (1, 2)]
    vote = {"VoteTypeId": 2, "CreationDate": day}
    return {
        "Users": [{"Id": n, "DisplayName": "Ada", "CreationDate": day} for n in numbers],
        "Posts": posts,
        "Comments": [
            {"Id": n, "PostId": n * 10 + 1, "Text": "Yes", "CreationDate": day} for n in numbers
        ],
        "Votes": [{"Id": n, "PostId": n * 10 + 1, **vote} for n in numbers],
        "PostLinks": [
            {"Id": n, "PostId": n * 10, "RelatedPostId": n * 10 - 10, "LinkTypeId": 1}
            for n in numbers
        ],
    }


def manage(data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    script = Path(settings.BASE_DIR, "manage.py")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, script, *arguments],
        env={**kept, "DATA_DIR": str(data)},
        stdout=subprocess.DEVNULL,
    )


def start_import(data: Path, folder: Path) -> subprocess.Popen[bytes]:
    return manage(data, "import_stackexchange", str(folder), "--space", "Site", "--create-space")


def kill_after(seconds: float, process: subprocess.Popen[bytes]) -> bool:
    """Kill process unless it ends first, which must then be well; tell whether it was killed."""
    try:
        assert process.wait(timeout=seconds) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def copy(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target


def tables(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the product's tables; on SQLite a rolled-back row uses up no key."""
    database = sqlite3.connect(data / "guildhall.sqlite3")
    wanted = "name GLOB 'community_*' OR name GLOB 'discussions_*'"
    names = database.execute(f"SELECT name FROM sqlite_master WHERE type = 'table' AND ({wanted})")
    found = {}
    for (table,) in names.fetchall():
        info = database.execute(f"SELECT name FROM pragma_table_info('{table}')")
        columns = [
            name for (name,) in info if name not in NOT_COMPARED and (table, name) not in MADE_NOW
        ]
        rows = database.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1")
        found[table] = rows.fetchall()
    database.close()
    return found
