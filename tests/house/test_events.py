"""Every event has a listener, or is named as unheard."""

import ast
from pathlib import Path

from community import events as community
from config.subscriptions import FANOUTS, SUBSCRIPTIONS, UNHEARD
from discussions import events as discussions

ROOT = Path(__file__).parents[2]
AREAS = ("config", "search", "learning", "expertise", "discussions", "community")


def names() -> set[str]:
    return {
        value
        for module in (community, discussions)
        for key, value in vars(module).items()
        if key.isupper()
    }


def test_every_event_is_subscribed_or_named_as_unheard() -> None:
    assert set(SUBSCRIPTIONS) | UNHEARD == names()
    assert set(SUBSCRIPTIONS) & UNHEARD == set()


def test_every_event_is_recorded_somewhere() -> None:
    used = {
        node.id
        for area in AREAS
        for path in (ROOT / area).rglob("*.py")
        if path.name not in {"events.py", "subscriptions.py"}
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Name)
    }
    constants = {
        key for module in (community, discussions) for key in vars(module) if key.isupper()
    }
    assert constants - used == set()


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
