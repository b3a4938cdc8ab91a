"""How plain text is written in Markdown so that it stays what it is."""

import re
from urllib.parse import quote

_ALWAYS = re.compile(r"[\\`*\[\]~$|]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|_(?!(?<=[^\W_]_)[^\W_])|:(?=//)")
# References and addresses without markup would become links.
_REFERENCE = re.compile(r"(?<![\w@#/\\])[@#](?=\w)")
_LINE_START = re.compile(
    r"^(?P<before>\s*)(?P<mark>#{1,6}(?=\s|$)|[+-](?=\s|$)|>|\d{1,9}(?=[.)](?:\s|$))|!(?=\s)|=+\s*$|-+\s*$)",
    re.MULTILINE,
)


def escape_text(text: str) -> str:
    """text without line ends, so written that it renders as itself within a paragraph."""
    return _REFERENCE.sub(r"\\\g<0>", _ALWAYS.sub(r"\\\g<0>", text))


def escape_line_starts(text: str) -> str:
    """A paragraph none of whose lines starts a heading, list, quote, spoiler or rule."""
    return _LINE_START.sub(_escaped_start, text)


def _escaped_start(found: re.Match[str]) -> str:
    mark = found["mark"]
    return f"{found['before']}{mark}\\" if mark.isdigit() else f"{found['before']}\\{mark}"


def code_span(code: str) -> str:
    if not code.strip():
        return code
    ticks = "`" * (_longest_run("`", code) + 1)
    edge = " " if code[0] in "` " or code[-1] in "` " else ""
    return f"{ticks}{edge}{code}{edge}{ticks}"


def fenced(code: str, language: str) -> str:
    ticks = "`" * max(3, _longest_run("`", code) + 1)
    return f"{ticks}{language}\n{code.removesuffix(chr(10))}\n{ticks}"


def percent_encoded(url: str) -> str:
    """url with everything encoded that would end a link's destination early."""
    return quote(url.strip(), safe="!#$%&'*+,/:;=?@[]^_`{|}~-.")


def escape_address(url: str) -> str:
    """A percent-encoded url as a link's destination, where "&copy=1" would be read as an entity."""
    return url.replace("&", "\\&")


def _longest_run(letter: str, text: str) -> int:
    return max((len(run) for run in re.findall(f"{re.escape(letter)}+", text)), default=0)
