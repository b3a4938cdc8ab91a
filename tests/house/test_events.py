"""Every event has a listener, or is named as unheard."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from community import events as community
from config.subscriptions import FANOUTS, SUBSCRIPTIONS, UNHEARD
from discussions import events as discussions
from learning import events as learning
from tests.house.recordings import Recording, recordings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
AREAS = ("config", "search", "learning", "expertise", "discussions", "community")


def names() -> set[str]:
    return {
        value
        for module in (community, discussions, learning)
        for key, value in vars(module).items()
        if key.isupper()
    }


def test_every_event_is_subscribed_or_named_as_unheard() -> None:
    assert set(SUBSCRIPTIONS) | UNHEARD == names()
    assert set(SUBSCRIPTIONS) & UNHEARD == set()


def constants() -> set[str]:
    return {
        key
        for module in (community, discussions, learning)
        for key in vars(module)
        if key.isupper()
    }


def test_every_event_is_recorded_somewhere() -> None:
    recorded = {name for _place, recording in found() for name in recording.names}
    assert constants() - recorded == set()


def test_every_recording_names_an_event() -> None:
    unknown = [
        f"{place}:{recording.line} records {sorted(recording.names)}"
        for place, recording in found()
        if not recording.names or not recording.names <= constants()
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("record(A, actor=by, obj=x)", ["A"]),
        ("record(events.A, actor=by, obj=x)", ["A"]),
        ("record(A if x else B, actor=by, obj=x)", ["A", "B"]),
        ("TABLE = {1: A, 2: B}\nrecord(TABLE[x], actor=by)", ["A", "B"]),
        ("TABLE: dict[int, str] = {1: A}\nrecord(TABLE[x], actor=by)", ["A"]),
        ("def tell(x, name): record(name, obj=x)\ntell(1, A)\ntell(2, B)", ["A", "B"]),
        ("def tell(x, name): record(name, obj=x)\n", []),
        ("record('topic.started', obj=x)", []),
        ("record(obj=x)", []),
        ("use(A)\nA\nseen = [A]\nother.record(A)", []),
    ],
)
def test_only_a_call_of_record_counts(code: str, names: list[str]) -> None:
    source = f"from community.outbox.recording import action, record\n{code}"
    assert sorted(name for one in recordings(source) for name in one.names) == names


def test_another_function_called_record_counts_nothing() -> None:
    assert list(recordings("from x import record\nrecord(A)")) == []
    assert len(list(recordings("from community.outbox.recording import record as r\nr(A)"))) == 1


def found() -> Iterator[tuple[str, Recording]]:
    for area in AREAS:
        for path in sorted((ROOT / area).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            yield from ((place, one) for one in recordings(path.read_text()))


def test_every_fanout_that_is_started_has_a_step() -> None:
    started = {
        node.args[0].value
        for area in AREAS
        for path in (ROOT / area).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "start_fanout"
        and isinstance(node.args[0], ast.Constant)
    }
    assert started == set(FANOUTS)
