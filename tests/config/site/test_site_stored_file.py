import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

MIB = 1024 * 1024


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"0123456789" * (MIB // 2))
    return path


def test_file_is_sent_whole_and_its_place_stays_hidden(site: Any, stored: Path) -> None:
    answer = site.ask(f"/file?path={stored}")

    assert answer.status == 200
    assert answer.body == stored.read_bytes()
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "X-Guildhall-File" not in answer.headers


def test_head_of_a_file_tells_its_length(site: Any, stored: Path) -> None:
    answer = site.ask(f"/file?path={stored}", "HEAD")
    assert (answer.body, answer.headers["Content-Length"]) == (b"", str(5 * MIB))


def test_missing_file_gives_404(site: Any, tmp_path: Path) -> None:
    assert site.ask(f"/file?path={tmp_path}/nothing").status == 404
    assert site.ask("/").status == 200


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        ("bytes=3-7", 3, 8),
        ("bytes=5242870-", 5242870, 5 * MIB),
        ("bytes=-4", 5 * MIB - 4, 5 * MIB),
        ("bytes=10-99999999", 10, 10 + 2 * MIB),
        ("bytes=0-", 0, 2 * MIB),
    ],
)
def test_range_is_answered_with_at_most_two_mebibytes(
    site: Any, stored: Path, wanted: str, start: int, stop: int
) -> None:
    answer = site.ask(f"/file?path={stored}", Range=wanted)

    assert answer.status == 206
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{5 * MIB}"
    assert answer.body == stored.read_bytes()[start:stop]


def test_range_behind_the_end_gives_416(site: Any, stored: Path) -> None:
    answer = site.ask(f"/file?path={stored}", Range=f"bytes={5 * MIB}-")
    assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{5 * MIB}")


@pytest.mark.parametrize(
    "wanted", ["bytes=7-3", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5", "bytes=" + "9" * 5_000 + "-"]
)
def test_range_that_makes_no_sense_is_ignored(site: Any, stored: Path, wanted: str) -> None:
    answer = site.ask(f"/file?path={stored}", Range=wanted)
    assert (answer.status, len(answer.body)) == (200, 5 * MIB)


def test_range_of_another_version_is_ignored(site: Any, stored: Path) -> None:
    old = site.ask(f"/file?path={stored}", Range="bytes=0-1", If_Range='"v0"')
    same = site.ask(f"/file?path={stored}", Range="bytes=0-1", If_Range='"v1"')
    assert (old.status, same.status) == (200, 206)


def test_slow_reader_of_a_file_takes_neither_memory_nor_a_thread(
    serve: Any, tmp_path: Path
) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(300 * MIB)
    site = serve(threads=1)
    before = site.memory_bytes()

    with site.open_request(f"/file?path={large}"):
        time.sleep(1)
        assert site.ask("/").status == 200
        assert site.memory_bytes() - before < 5 * MIB
