from django.conf import settings
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as parse_table
from markdown_it.rules_core import StateCore

from community.text.errors import TextRefused

MAX_NESTING = 20
MAX_BRACKETS = 5_000
MAX_EMPHASIS = 15_000
MAX_DOLLARS = 6_000
MAX_ADDRESSES = 2_000
MAX_MARKUP = 25_000


def limits_plugin(parser: MarkdownIt) -> None:
    """Refuse wide or long tables and deep nesting before work is spent on them."""
    parser.block.ruler.at("table", _table_within_limits, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "nesting", _refuse_deep_nesting)
    parser.core.ruler.after("block", "blocks", _refuse_many_blocks)


def refuse_many_marks(source: str) -> None:
    """Raise TextRefused for a text that consists mostly of marks; each may start an element."""
    if source.count("[") > MAX_BRACKETS:
        raise TextRefused(
            _("A text can have at most %(limit)s opening square brackets.")
            % {"limit": f"{MAX_BRACKETS:,}"}
        )
    if source.count("*") + source.count("_") > MAX_EMPHASIS:
        raise TextRefused(
            _("A text can have at most %(limit)s asterisks and underscores.")
            % {"limit": f"{MAX_EMPHASIS:,}"}
        )
    if source.count("$") > MAX_DOLLARS:
        raise TextRefused(
            _("A text can have at most %(limit)s dollar signs.") % {"limit": f"{MAX_DOLLARS:,}"}
        )
    if source.count("://") > MAX_ADDRESSES:
        raise TextRefused(
            _("A text can have at most %(limit)s addresses.") % {"limit": f"{MAX_ADDRESSES:,}"}
        )


def refuse_long_html(html: str) -> None:
    """Raise TextRefused beyond MAX_HTML_BYTES and MAX_MARKUP: bleach takes long over either."""
    maximum = settings.MAX_HTML_BYTES
    if len(html.encode()) > maximum:
        raise TextRefused(
            _("This text becomes more than %(limit)d KiB of HTML. Split it.")
            % {"limit": maximum // 1024}
        )
    if html.count("<") + html.count("&") > MAX_MARKUP:
        raise _too_much_markup()


def _refuse_many_blocks(state: StateCore) -> None:
    """Each takes a tag at least: they are refused before work is spent on what stands in them."""
    if len(state.tokens) > MAX_MARKUP:
        raise _too_much_markup()


def _too_much_markup() -> TextRefused:
    return TextRefused(
        _(
            "This text has more than %(limit)s marks, such as links, spoilers, "
            "less-than signs and quotation marks. Split it."
        )
        % {"limit": f"{MAX_MARKUP:,}"}
    )


def _table_within_limits(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not parse_table(state, start, end, True):
        return False
    if silent:
        return True
    _refuse_large_table(state, start, end)
    return parse_table(state, start, end, False)


def _refuse_large_table(state: StateBlock, start: int, end: int) -> None:
    """Short rows count as full, since the parser fills them up; cells count over the whole text."""
    max_columns = settings.MAX_TABLE_COLUMNS
    max_cells = settings.MAX_TABLE_CELLS
    columns = len(_line(state, start + 1).strip("|").split("|"))
    if columns > max_columns:
        raise TextRefused(
            _("A table can have at most %(limit)d columns; this one has %(columns)d.")
            % {"limit": max_columns, "columns": columns}
        )
    before = state.env.get("table_cells", 0)
    cells = before + columns * _count_rows(state, start, end, (max_cells - before) // columns)
    if cells > max_cells:
        raise TextRefused(
            _("The tables of a text can have at most %(limit)s cells in all.")
            % {"limit": f"{max_cells:,}"}
        )
    state.env["table_cells"] = cells


def _count_rows(state: StateBlock, start: int, end: int, stop_after: int) -> int:
    """Rows of the table at start, header included; counting ends at one more than stop_after."""
    rows = 1
    for number in range(start + 2, end):
        if rows > stop_after or not _continues_table(state, number, end):
            break
        rows += 1
    return rows


def _continues_table(state: StateBlock, number: int, end: int) -> bool:
    if state.sCount[number] < state.blkIndent or not _line(state, number):
        return False
    if state.is_code_block(number):
        return False
    terminators = state.md.block.ruler.getRules("blockquote")
    return not any(rule(state, number, end, True) for rule in terminators)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]].strip(" \t")


def _refuse_deep_nesting(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it drops what is nested deeper than its own limit without a word."""
    if state.level > MAX_NESTING:
        raise TextRefused(
            _("Lists and quotes can be nested %(limit)d levels deep; a list counts twice.")
            % {"limit": MAX_NESTING}
        )
    return False
