import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

# Far enough for any key or footnote-like remark; a search without an end would be quadratic.
REACH = 1_000
_OPENING = re.compile(r"<(kbd|sup|sub)>")


def inline_tags_plugin(parser: MarkdownIt) -> None:
    """Read <kbd>, <sup> and <sub> as markup when closed; all other HTML stays text."""
    parser.inline.ruler.before("autolink", "inline_tag", _inline_tag)


def _inline_tag(state: StateInline, silent: bool) -> bool:
    opening = _OPENING.match(state.src, state.pos, state.posMax)
    if opening is None:
        return False
    tag, start, outer_end = opening[1], opening.end(), state.posMax
    closing = f"</{tag}>"
    end = state.src.find(closing, start, min(outer_end, start + REACH))
    if end < 0:
        return False
    if not silent:
        state.push("inline_tag_open", tag, 1)
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.posMax = outer_end
        state.push("inline_tag_close", tag, -1)
    state.pos = end + len(closing)
    return True
