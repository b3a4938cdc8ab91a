"""References in texts: @handle, #tag and [[t:ID]], found here and resolved by the areas above."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


@dataclass(frozen=True)
class Target:
    """What a reference leads to: url is a path of this site, text is what the link shows."""

    url: str
    text: str


Keys = Mapping[str, Collection[str]]
"""Kind ("person", "tag", "topic") to keys: lower-case handles and tag names, topic public ids."""

References = Mapping[str, Mapping[str, Target]]
"""Kind to key to target; a key that is missing stays plain text."""

Resolver = Callable[[Collection[str], int | None], Mapping[str, Target]]

_REFERENCE = re.compile(
    r"""
      (?<![\w@\#/]) @ (?P<person> [a-z0-9] (?:[a-z0-9._-]{0,48}[a-z0-9])? ) (?!\w)
    | (?<![\w@\#/&]) \# (?P<tag> [^\W_] (?:[\w+.\#-]{0,48}[\w+\#])? ) (?!\w)
    | \[\[ t: (?P<topic> [a-z0-9]{10} ) \]\]
    """,
    re.VERBOSE | re.IGNORECASE,
)


def references_plugin(parser: MarkdownIt) -> None:
    """Cut references out of running text into tokens of their own; code and links have none."""
    parser.core.ruler.before("text_join", "references", _cut_references)


def resolve(keys: Keys, *, space_id: int | None) -> References:
    """Ask the table named in settings.REFERENCE_KINDS for the targets, once per kind.

    The table maps a kind to `(keys, space_id) -> {key: Target}`. Stored HTML is read by everybody
    in the space, so a resolver gives a private object's title only inside its own space; to hide
    whether one exists it answers every key with the bare address.
    """
    table: Mapping[str, Resolver] = import_string(settings.REFERENCE_KINDS)
    return {kind: table[kind](found, space_id) for kind, found in keys.items() if kind in table}


def keys_of(tokens: list[Token]) -> dict[str, tuple[str, ...]]:
    """The keys of parsed text by kind, each once and in the order of the text."""
    found: dict[str, dict[str, None]] = {}
    for token in tokens:
        for child in token.children or []:
            if child.type == "reference":
                found.setdefault(child.meta["kind"], {})[child.meta["key"]] = None
    return {kind: tuple(keys) for kind, keys in found.items()}


def target_of(token: Token, references: References) -> Target | None:
    return references.get(token.meta["kind"], {}).get(token.meta["key"])


def _cut_references(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_cut(token.children or []))


def _cut(children: list[Token]) -> Iterator[Token]:
    inside_link = False
    for token in children:
        if token.type in ("link_open", "link_close"):
            inside_link = token.type == "link_open"
        if token.type == "text" and not inside_link:
            yield from _pieces(token.content)
        else:
            yield token


def _pieces(text: str) -> Iterator[Token]:
    position = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > position:
            yield Token("text", "", 0, content=text[position : match.start()])
        yield _reference(match)
        position = match.end()
    if position < len(text):
        yield Token("text", "", 0, content=text[position:])


def _reference(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup)
    key = match[kind] if kind == "topic" else match[kind].lower()
    return Token("reference", "", 0, content=match[0], meta={"kind": kind, "key": key})
