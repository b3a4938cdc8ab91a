import pytest

from discussions.imports.texts import (
    from_html,
    from_markdown,
    from_mixed,
    plain_text,
    shortened,
    tag_names,
)

pytestmark = pytest.mark.slow


def test_deep_nesting_leaves_the_words() -> None:
    assert from_html("<div>" * 1_000 + "deep <b>down</b>") == "deep down"


def test_plain_text_keeps_words_apart() -> None:
    assert plain_text("<p>one</p><p>two &lt; <b>three</b></p><style>x</style>") == "one two < three"


@pytest.mark.parametrize(
    ("text", "expected"), [("one two", "one two"), ("one two three", "one…"), ("x" * 20, "xxxxxx…")]
)
def test_shortened_cuts_at_a_word(text: str, expected: str) -> None:
    assert shortened(text, 7) == expected


def test_markdown_keeps_a_first_line_of_code() -> None:
    assert from_markdown("\r\n    code\r\n\r\ntext\r\n  ") == "    code\n\ntext"


@pytest.mark.parametrize(
    ("written", "names"), [("<VPN><c++>", ["vpn", "c++"]), ("|a|b|a|", ["a", "b"]), (None, [])]
)
def test_tag_names_of_both_forms(written: str | None, names: list[str]) -> None:
    assert tag_names(written) == names


@pytest.mark.parametrize(
    ("mixed", "expected"),
    [
        ("*Plain* & `<b>` < c", "*Plain* & `<b>` < c"),
        ("    <b>code</b>", "    <b>code</b>"),
        ("<!-- marker -->\n\nSee <b>this</b>.", "See **this**."),
        ('Try <a href="https://example.org/">it</a>', "Try [it](https://example.org/)"),
        ("<b>Bold</b>\n\n>! hidden", "**Bold**\n\n>! hidden"),
        (
            "<ul><li>One</li><li>Two</li></ul>\n\n| a |\n|---|\n| b |",
            "- One\n- Two\n\n| a |\n| --- |\n| b |",
        ),
        ("Press <kbd>F1</kbd>", "Press <kbd>F1</kbd>"),
    ],
)
def test_html_within_markdown_becomes_markdown(mixed: str, expected: str) -> None:
    assert from_mixed(mixed) == expected


def test_markdown_nested_without_end_is_kept_as_it_is() -> None:
    assert from_mixed(f"{'>' * 3_000} <b>deep</b>").strip()
