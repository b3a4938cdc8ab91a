"""Reading the topic files of the demo company.

A file is front matter, a title, the opening post, and sections that each begin with a line
`=== kind author +offset words...`. A picture is `![what it shows](drawn:name)`, see pictures.py.
"""

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "topics"
SECTION = re.compile(r"^=== (.+)$", re.MULTILINE)
OFFSET = re.compile(r"\+(\d+)([mhd])\Z")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Section:
    """kind is answer, reply, comment or edit; words holds accepted, votes, to or the reason."""

    kind: str
    author: str
    after: timedelta
    text: str
    votes: int = 0
    accepted: bool = False
    reply_to: int = 0
    reason: str = ""


@dataclass(frozen=True)
class TopicText:
    space: str
    stem: str
    facts: dict[str, Any]
    title: str
    text: str
    sections: list[Section] = field(default_factory=list)


def topic_texts() -> Iterator[TopicText]:
    for path in sorted(FOLDER.glob("*/*.md")):
        yield parse(path.read_text(encoding="utf-8"), space=path.parent.name, stem=path.stem)


def parse(content: str, *, space: str, stem: str) -> TopicText:
    """Raises ValueError that names the file for one that doesn't follow the format."""
    try:
        _nothing, front, rest = content.split("+++\n", 2)
        head, *parts = SECTION.split(rest)
        title, text = head.strip().split("\n", 1)
        sections = [
            _section(line, body) for line, body in zip(parts[::2], parts[1::2], strict=True)
        ]
        facts = tomllib.loads(front)
    except ValueError as error:
        raise ValueError(f"{space}/{stem}.md: {error}") from error
    return TopicText(space, stem, facts, title.removeprefix("# ").strip(), text.strip(), sections)


def _section(line: str, body: str) -> Section:
    kind, author, offset, *words = shlex.split(line)
    named = dict(word.split("=", 1) for word in words if re.match(r"(votes|to)=\d+\Z", word))
    return Section(
        kind=kind,
        author=author,
        after=_offset(offset),
        text=body.strip(),
        votes=int(named.get("votes", 0)),
        accepted="accepted" in words,
        reply_to=int(named.get("to", 0)),
        reason=words[0] if kind == "edit" and words else "",
    )


def _offset(text: str) -> timedelta:
    match = OFFSET.match(text)
    if match is None:
        raise ValueError(f"{text} is no offset such as +40m, +3h or +2d")
    return timedelta(**{UNITS[match[2]]: int(match[1])})
