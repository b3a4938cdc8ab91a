import pytest

from discussions.imports.texts import from_html, from_markdown, plain_text, shortened, tag_names

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
