import pytest
from pytest_django.fixtures import Settings

from community.text.errors import TextRefused
from community.text.limits import (
    MAX_ADDRESSES,
    MAX_BRACKETS,
    MAX_DOLLARS,
    MAX_EMPHASIS,
    MAX_MARKUP,
    MAX_NESTING,
)
from community.text.markdown import render

MANY_MARKS = (
    "This text has more than 25,000 marks, such as links, spoilers, less-than signs "
    "and quotation marks. Split it."
)


def table(columns: int, rows: int) -> str:
    """A table of rows with the header; all others are short."""
    return f"|{'a|' * columns}\n|{'-|' * columns}\n" + "|b|\n" * (rows - 1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        table(50, 40),
        table(1, 2000),
        f"{table(50, 20)}\n{table(50, 20)}",
        f"```\n{table(51, 2)}```",
        "> " * MAX_NESTING + "a",
        "[" * MAX_BRACKETS,
        "*_" * (MAX_EMPHASIS // 2),
        "$" * MAX_DOLLARS,
        "http://a.b " * MAX_ADDRESSES,
        # The paragraph's own two tags count too.
        "&" * (MAX_MARKUP - 2),
        "# a\n" * (MAX_MARKUP // 3),
    ],
)
def test_render_accepts_text_at_the_limit(source: str) -> None:
    assert render(source).html


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (table(51, 2), "A table can have at most 50 columns; this one has 51."),
        (table(50, 41), "The tables of a text can have at most 2,000 cells in all."),
        (table(1, 2001), "The tables of a text can have at most 2,000 cells in all."),
        (
            f"{table(50, 20)}\n{table(50, 21)}",
            "The tables of a text can have at most 2,000 cells in all.",
        ),
        (
            "> " * (MAX_NESTING + 1) + "a",
            "Lists and quotes can be nested 20 levels deep; a list counts twice.",
        ),
        ("[" * (MAX_BRACKETS + 1), "A text can have at most 5,000 opening square brackets."),
        (
            "*_" * (MAX_EMPHASIS // 2) + "**",
            "A text can have at most 15,000 asterisks and underscores.",
        ),
        ("$" * (MAX_DOLLARS + 1), "A text can have at most 6,000 dollar signs."),
        ("http://a.b " * (MAX_ADDRESSES + 1), "A text can have at most 2,000 addresses."),
        (
            "&" * (MAX_MARKUP - 1),
            MANY_MARKS,
        ),
        ("# a\n" * (MAX_MARKUP // 3 + 1), MANY_MARKS),
    ],
)
def test_render_refuses_text_above_the_limit(source: str, sentence: str) -> None:
    with pytest.raises(TextRefused) as refused:
        render(source)
    assert str(refused.value) == sentence


def test_render_limits_html(settings: Settings) -> None:
    source = "a" * 1000
    settings.MAX_HTML_BYTES = len(f'<p dir="auto">{source}</p>\n')
    assert render(source).html
    settings.MAX_HTML_BYTES -= 1
    with pytest.raises(TextRefused, match="KiB of HTML"):
        render(source)


def test_render_limits_html_to_256_kib_by_default() -> None:
    overhead = len('<p dir="auto"></p>\n')
    assert render("a" * (256 * 1024 - overhead)).html
    with pytest.raises(TextRefused, match="256 KiB of HTML"):
        render("a" * (256 * 1024 - overhead + 1))
