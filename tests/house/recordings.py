"""Finds which events a module records: the first argument of its calls of record()."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Recording:
    """A call, with the names of the constants that it may record; none if that can't be told."""

    line: int
    names: frozenset[str]


def recordings(source: str) -> Iterator[Recording]:
    """Yield the calls of record() in source.

    A function that hands one of its parameters on to record() records what it is called with.
    """
    module = ast.parse(source)
    passing_on = _functions_that_pass_on(module)
    places = {
        **_imported_record(module),
        **{name: place for name, (place, _) in passing_on.items()},
    }
    inner = {line for _, line in passing_on.values()}
    for call in _calls(module):
        name = getattr(call.func, "id", "")
        if name in places and call.lineno not in inner:
            yield Recording(call.lineno, _names(call, places[name], module))


def _imported_record(module: ast.Module) -> dict[str, int]:
    """What record() is called here, with the place of the event among its arguments."""
    return {
        name.asname or name.name: 0
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "community.outbox.recording"
        for name in node.names
        if name.name == "record"
    }


def _functions_that_pass_on(module: ast.Module) -> dict[str, tuple[int, int]]:
    """By name: the place of the parameter that they pass on, and the line on which they do."""
    own = _imported_record(module)
    found = {}
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef):
            continue
        parameters = [parameter.arg for parameter in function.args.args]
        for call in _calls(function):
            event = call.args[0] if call.args and getattr(call.func, "id", "") in own else None
            if isinstance(event, ast.Name) and event.id in parameters:
                found[function.name] = parameters.index(event.id), call.lineno
    return found


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _names(call: ast.Call, place: int, module: ast.Module) -> frozenset[str]:
    if len(call.args) <= place:
        return frozenset()
    return frozenset(_constants(call.args[place], module))


def _constants(event: ast.expr, module: ast.Module) -> Iterator[str]:
    """The constants in a name, in both ends of `a if b else c`, in the values of a table."""
    if isinstance(event, ast.IfExp):
        yield from _constants(event.body, module)
        yield from _constants(event.orelse, module)
    elif isinstance(event, ast.Subscript):
        yield from _constants_of_table(getattr(event.value, "id", ""), module)
    elif isinstance(event, ast.Name):
        yield event.id
    elif isinstance(event, ast.Attribute):
        yield event.attr


def _constants_of_table(name: str, module: ast.Module) -> Iterator[str]:
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        table = getattr(node, "value", None)
        if isinstance(table, ast.Dict) and name in {getattr(one, "id", None) for one in targets}:
            for value in table.values:
                yield from _constants(value, module)
