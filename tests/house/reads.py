"""Finds reads of models in Python and templates, as far as that can be told without running."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Model, QuerySet

from config.readers import READERS
from tests.proof.mutants import FILTERS

# A read of a model that the code doesn't name, such as `type(row).objects`.
ANY = "any model"
MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
TABLE = re.compile(r'\b(?:FROM|JOIN|UPDATE|INTO)\s+"?(\w+)', re.IGNORECASE)


@cache
def ruled_models() -> dict[str, type[Model]]:
    """Every model that has a reader class, by its name."""
    return {label.split(".")[1]: apps.get_model(label) for label in READERS}


def home(model: str) -> str:
    """The folder of the capability that owns model; "" for any model."""
    if model == ANY:
        return ""
    return "/".join(ruled_models()[model].__module__.split(".")[:2])


@cache
def related_managers() -> dict[str, set[str]]:
    """The models that may stand behind an attribute such as `posts`, by its name."""
    found: dict[str, set[str]] = {}
    for model in ruled_models().values():
        for field in model._meta.get_fields(include_hidden=False):
            target = field.related_model
            if not isinstance(target, type) or target.__name__ not in ruled_models():
                continue
            if field.one_to_many or field.many_to_many:
                accessor = getattr(field, "get_accessor_name", lambda field=field: field.name)()
                found.setdefault(accessor, set()).add(target.__name__)
    return found


@cache
def queryset_methods() -> set[str]:
    querysets = [type(model._default_manager.all()) for model in ruled_models().values()]
    return {name for kind in (QuerySet, *querysets) for name in dir(kind) if name[0] != "_"}


@dataclass(frozen=True)
class Read:
    line: int
    model: str


def unruled_reads(source: str) -> Iterator[Read]:
    """Yield what source reads without a filter for its viewer in the chain of calls."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    aliases = {
        name.asname: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.asname
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            models = _asked_by_shortcut(node, aliases)
        elif isinstance(node, ast.Attribute):
            models = _asked_by_attribute(node, chain(node, parents), aliases)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            models = _asked_by_sql(node.value)
        else:
            continue
        yield from (Read(node.lineno, model) for model in sorted(models))


def _asked_by_shortcut(call: ast.Call, aliases: dict[str, str]) -> set[str]:
    if _last_name(call.func) not in SHORTCUTS or not call.args:
        return set()
    return _named(call.args[0], aliases)


def _asked_by_attribute(
    node: ast.Attribute, called: list[str], aliases: dict[str, str]
) -> set[str]:
    if set(called) & set(FILTERS):
        return set()
    if node.attr in MANAGERS:
        return _named(node.value, aliases)
    is_manager = bool(called) and called[0] in queryset_methods()
    return related_managers().get(node.attr, set()) if is_manager else set()


def _asked_by_sql(text: str) -> set[str]:
    tables = {model._meta.db_table: name for name, model in ruled_models().items()}
    return {tables[table] for table in TABLE.findall(text) if table in tables}


def _named(node: ast.expr, aliases: dict[str, str]) -> set[str]:
    """The ruled model that node names; nothing for the class of somebody else."""
    name = _last_name(node)
    name = aliases.get(name, name)
    if name in ruled_models():
        return {name}
    return set() if name[:1].isupper() else {ANY}


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def chain(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> list[str]:
    """The names of the attributes that are called one after the other on node."""
    names, above = [], parents.get(node)
    while isinstance(above, ast.Attribute | ast.Call) and (
        getattr(above, "value", None) is node or getattr(above, "func", None) is node
    ):
        if isinstance(above, ast.Attribute):
            names.append(above.attr)
        node, above = above, parents.get(above)
    return names


def reads_in_template(source: str) -> Iterator[Read]:
    """Yield related managers that a template asks: it knows no viewer."""
    for number, line in enumerate(source.splitlines(), start=1):
        for accessor, method in re.findall(r"\.(\w+)\.(\w+)", line):
            if method in queryset_methods():
                yield from (Read(number, one) for one in related_managers().get(accessor, ()))
