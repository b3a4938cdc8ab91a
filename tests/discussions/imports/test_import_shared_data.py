"""The two real sites: exact figures, and that a second run adds nothing."""

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F

from discussions.answers.models import Acceptance
from discussions.imports.tally import Tally
from discussions.topics.models import Post, Revision, Topic, TopicLink

pytestmark = pytest.mark.slow

Run = Callable[[Path], Tally]


def unpack(archive: Path, folder: Path) -> Path:
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    return unpacked


def added(tally: Tally) -> dict[str, int]:
    return {kind: count.added for kind, count in tally.counts.items()}


def test_travel_site(run: Run, shared_data: Path, tmp_path: Path) -> None:
    folder = unpack(shared_data / "se-travel-10k.tar.xz", tmp_path)
    tally = run(folder)
    assert tally.as_json() == {
        "users": {"read": 2310, "added": 2310, "skipped": 0},
        "questions": {"read": 2725, "added": 2725, "skipped": 0},
        "answers": {"read": 5798, "added": 5796, "skipped": 2},
        "comments": {"read": 0, "added": 0, "skipped": 0},
        "votes": {"read": 88690, "added": 80883, "skipped": 7807},
        "acceptances": {"read": 2087, "added": 2014, "skipped": 73},
        "tags": {"read": 1743, "added": 1743, "skipped": 0},
        "links": {"read": 644, "added": 641, "skipped": 3},
        "duplicates": {"read": 45, "added": 45, "skipped": 0},
        "revisions": {"read": 0, "added": 0, "skipped": 0},
    }
    listed = (settings.DATA_DIR / "imports" / f"{folder.name}-dangling.txt").read_text()
    assert listed.count("AcceptedAnswerId") == 73
    assert listed.count("ParentId") == 2
    assert Post.objects.filter(author=None).count() == 368
    assert Topic.objects.filter(closed_at__isnull=False).count() == 288
    assert Topic.objects.filter(solved_at__isnull=False).count() == Acceptance.objects.count()
    assert TopicLink.objects.filter(kind=TopicLink.Kind.DUPLICATE).count() == 45
    assert not Post.objects.filter(render_version=0).exists()
    assert set(added(run(folder)).values()) == {0}


def test_bicycles_site(run: Run, shared_data: Path, tmp_path: Path) -> None:
    folder = unpack(shared_data / "se-bicycles-meta-2023.tar.xz", tmp_path)
    assert run(folder).as_json() == {
        "users": {"read": 2551, "added": 2551, "skipped": 0},
        "questions": {"read": 453, "added": 453, "skipped": 0},
        "answers": {"read": 971, "added": 971, "skipped": 0},
        "comments": {"read": 2448, "added": 2448, "skipped": 0},
        "votes": {"read": 5671, "added": 5301, "skipped": 370},
        "acceptances": {"read": 157, "added": 157, "skipped": 0},
        "tags": {"read": 94, "added": 94, "skipped": 0},
        "links": {"read": 179, "added": 173, "skipped": 6},
        "duplicates": {"read": 10, "added": 9, "skipped": 1},
        "revisions": {"read": 3994, "added": 2715, "skipped": 1279},
    }
    comments = Post.objects.filter(kind=Post.Kind.COMMENT)
    assert comments.exclude(topic=F("parent__topic")).count() == 0
    # Comments have no history: one revision each.
    assert Revision.objects.count() == 2715 + 2448
    for post in Post.objects.prefetch_related("revisions"):
        newest = max(post.revisions.all(), key=lambda revision: revision.number)
        assert (newest.number, newest.source) == (post.version, post.source)
    assert set(added(run(folder)).values()) == {0}
