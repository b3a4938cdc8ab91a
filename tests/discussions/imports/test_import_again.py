"""A second run, a run that goes on after an interruption, and a newer dump."""

from collections.abc import Callable
from pathlib import Path

import pytest

from community.accounts.models import HANDLE, User
from discussions.answers.actions import unaccept_answer
from discussions.answers.handlers import count_contribution
from discussions.imports import batches, links, people, tags
from discussions.imports.run import Options, import_dump
from discussions.imports.tally import Tally
from discussions.topics.models import Post, Topic
from tests.discussions.imports.conftest import options
from tests.discussions.imports.sample_dump import SAMPLE, write_dump
from tests.discussions.imports.snapshot import snapshot, wipe

pytestmark = pytest.mark.slow

Run = Callable[[Path], Tally]


class BrokenOff(Exception):  # noqa: N818 - no error, an end
    """The process ends here."""


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_QUESTIONS", 1)
    for module in (people, tags, links):
        monkeypatch.setattr(module, "BATCH_ROWS", 1)


def count_steps(folder: Path) -> int:
    steps: list[str] = []
    import_dump(options(folder), lambda what, done, total: steps.append(what))
    return len(steps)


def run_until(folder: Path, step: int) -> None:
    """Import folder and break off right after that step, a batch or a chunk of reading."""
    left = iter(range(step))

    def progress(what: str, done: int, total: int) -> None:
        if next(left, None) is None:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        import_dump(options(folder), progress)


def test_second_run_adds_no_row_and_changes_none(run: Run, dump: Path) -> None:
    first = run(dump)
    before = snapshot()
    second = run(dump).as_json()
    assert snapshot() == before
    assert {kind: count["added"] for kind, count in second.items()} == dict.fromkeys(second, 0)
    assert {kind: count["read"] for kind, count in second.items()} == {
        kind: count.read for kind, count in first.counts.items()
    }


@pytest.mark.usefixtures("small_batches")
def test_run_that_breaks_off_goes_on_to_the_same_state(run: Run, dump: Path) -> None:
    steps = count_steps(dump)
    whole = snapshot()
    assert steps > 25
    for step in range(steps):
        wipe()
        run_until(dump, step)
        run(dump)
        assert snapshot() == whole, f"broken off after step {step}"


def test_what_was_changed_here_stays(run: Run, dump: Path) -> None:
    run(dump)
    answer = Post.objects.get(accepted_at__isnull=False)
    asker = answer.topic.author
    assert asker is not None
    User.objects.filter(pk=asker.pk).update(is_active=True)
    unaccept_answer(answer, by=asker)
    Topic.objects.filter(pk=answer.topic_id).update(title="Better title")
    assert answer.author_id is not None
    count_contribution(answer.topic.space_id, answer.author_id)
    before = snapshot()
    run(dump)
    assert snapshot() == before


def test_newer_dump_adds_what_is_new_to_old_questions(run: Run, dump: Path) -> None:
    run(dump)
    newer = {
        **SAMPLE,
        "Posts": [
            *SAMPLE["Posts"],
            {
                "Id": 200,
                "PostTypeId": 2,
                "ParentId": 1,
                "CreationDate": "2020-02-01T10:10:00.000",
                "Body": "<p>A late one.</p>",
                "OwnerUserId": 1,
            },
        ],
        "Comments": [
            *SAMPLE["Comments"],
            {"Id": 201, "PostId": 1, "Text": "a", "CreationDate": "2020-02-07T10:00:00.000"},
            {"Id": 202, "PostId": 11, "Text": "b", "CreationDate": "2020-02-08T10:00:00.000"},
        ],
    }
    tally = run(write_dump(dump, newer)).as_json()
    assert {kind: tally[kind]["added"] for kind in ("questions", "answers", "comments")} == {
        "questions": 0,
        "answers": 1,
        "comments": 2,
    }
    topic = Post.objects.get(source="A late one.").topic
    rows = topic.posts.filter(number__gt=5).order_by("number")
    assert list(rows.values_list("number", "kind", "parent__number", "source")) == [
        (6, "answer", None, "A late one."),
        (7, "comment", 1, "a"),
        (8, "comment", 3, "b"),
    ]
    assert (topic.highest_number, topic.answer_count, topic.comment_count) == (8, 3, 4)


def test_removed_topic_does_not_come_back(run: Run, dump: Path) -> None:
    run(dump)
    Topic.objects.get(title="Is it me?").delete()
    before = list(Post.objects.values())
    tally = run(dump).as_json()
    assert list(Post.objects.values()) == before
    assert tally["questions"] == {"read": 3, "added": 0, "skipped": 3}
    assert tally["answers"] == {"read": 4, "added": 0, "skipped": 4}


def test_two_sources_do_not_mix(run: Run, dump: Path, tmp_path: Path) -> None:
    run(dump)
    other = Options(write_dump(tmp_path / "other"), "Second", create_space=True)
    assert import_dump(other, lambda what, done, total: None)["questions"].added == 3
    handles = (
        User.objects.filter(name="Ada Lovelace").order_by("pk").values_list("handle", flat=True)
    )
    first, second, third, fourth = handles
    assert [first, second, third] == ["ada-lovelace", "ada-lovelace-2", "ada-lovelace-1"]
    assert fourth.startswith("ada-lovelace-2-")
    HANDLE(fourth)
