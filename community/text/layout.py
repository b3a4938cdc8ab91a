from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# The page has the h1.
TOP_LEVEL, DEEPEST_LEVEL = 2, 6

_DIRECTED = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "details", "th", "td"]
)


def layout_plugin(parser: MarkdownIt) -> None:
    """Give blocks their direction, headings their place and cells a class in place of a style."""
    parser.core.ruler.push("layout", _lay_out)


def _lay_out(state: StateCore) -> None:
    _place_headings(state.tokens)
    for token in state.tokens:
        if token.nesting == 1 and token.tag in _DIRECTED:
            token.attrSet("dir", "auto")
        if token.type in ("th_open", "td_open"):
            _align_by_class(token)


def _place_headings(tokens: list[Token]) -> None:
    """Nest headings without a gap whatever levels were written: screen readers walk by level."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            above = [tag for tag in above if tag < token.tag] + [token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(TOP_LEVEL + len(above) - 1, DEEPEST_LEVEL)}"


def _align_by_class(token: Token) -> None:
    style = token.attrs.pop("style", None)
    if style is not None:
        token.attrSet("class", str(style).replace("text-align:", "align-"))
