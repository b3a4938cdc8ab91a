"""Each model has one reader class, and permissioned ones are read through their rule only."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from config.readers import READERS

ROOT = Path(__file__).parents[2]
AREAS = ("config", "search", "learning", "expertise", "discussions", "community", "frontend")

# Models that carry private content and have a rule of their own, with the capability they live in.
RULED = {
    "Space": "community/spaces",
    "Membership": "community/spaces",
    "Topic": "discussions/topics",
    "Post": "discussions/topics",
    "Tag": "discussions/tags",
}
RULES = {"visible_to", "listed_for", "deleted_for"}
# Handlers, imports, rebuilds and the demo act for the system, not for a viewer.
SYSTEM = ("handlers.py", "rebuilds.py", "discussions/imports/", "config/demo/", "/migrations/")
# Actions that change a row whose access they have checked.
WRITES = {"update", "select_for_update", "create", "bulk_create", "get_or_create"}
# Reads that serve no viewer; each with its reason.
ALLOWED = {
    # A person's own roles, which decide what they may restore.
    "discussions/topics/models/threads.py",
}


def test_every_model_declares_one_reader_class() -> None:
    ours = {
        model._meta.label
        for config in apps.get_app_configs()
        if config.name in AREAS
        for model in config.get_models()
    }
    assert ours == set(READERS)
    assert set(READERS.values()) <= {"space", "person", "directory", "office"}


def test_every_ruled_model_has_its_filter() -> None:
    for label, reader in READERS.items():
        name = label.split(".")[1]
        if name in RULED:
            assert hasattr(apps.get_model(label).objects, "visible_to"), (label, reader)


def test_ruled_models_are_read_through_their_rule_outside_their_capability() -> None:
    assert sorted(set(foreign_reads())) == []


def foreign_reads() -> Iterator[str]:
    for area in AREAS:
        for path in (ROOT / area).rglob("*.py"):
            place = path.relative_to(ROOT).as_posix()
            if any(part in place for part in SYSTEM) or place in ALLOWED:
                continue
            for line, model in unruled_reads(ast.parse(path.read_text())):
                if not place.startswith(RULED[model]):
                    yield f"{place}:{line} reads {model}.objects without its rule"


def unruled_reads(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, model) for `Model.objects.x...` without a rule or a write in its chain."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr == "objects"):
            continue
        if not (isinstance(node.value, ast.Name) and node.value.id in RULED):
            continue
        if not chain(node, parents) & (RULES | WRITES):
            yield node.lineno, node.value.id


def chain(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> set[str]:
    """The names of the attributes that are called one after the other on node."""
    names, above = set(), parents.get(node)
    while isinstance(above, ast.Attribute | ast.Call) and (
        getattr(above, "value", None) is node or getattr(above, "func", None) is node
    ):
        if isinstance(above, ast.Attribute):
            names.add(above.attr)
        node, above = above, parents.get(above)
    return names


def test_an_unruled_read_is_found() -> None:
    tree = ast.parse("Topic.objects.filter(space=1)\nTopic.objects.visible_to(me).filter(x=1)")
    assert list(unruled_reads(tree)) == [(1, "Topic")]
