import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARK = re.compile(r"^! ?", re.MULTILINE)


def spoilers_plugin(parser: MarkdownIt) -> None:
    """Turn quotes that start with "! " into details that open on request."""
    parser.core.ruler.before("inline", "spoilers", _mark_spoilers)


def _mark_spoilers(state: StateCore) -> None:
    for index, token in enumerate(state.tokens[:-2]):
        if token.type == "blockquote_open" and state.tokens[index + 2].content.startswith("! "):
            _become_spoiler(state.tokens, index)


def _become_spoiler(tokens: list[Token], start: int) -> None:
    level = tokens[start].level
    tokens[start].type, tokens[start].tag = "spoiler_open", "details"
    # By place: a slice would copy the rest of the text for each of its spoilers.
    for place in range(start + 1, len(tokens)):
        token = tokens[place]
        if token.type == "inline":
            token.content = _MARK.sub("", token.content)
        if token.type == "blockquote_close" and token.level == level:
            token.type, token.tag = "spoiler_close", "details"
            return
