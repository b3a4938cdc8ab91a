import pytest

from community.text.excerpt import EXCERPT_LENGTH
from community.text.markdown import render


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("# Title\n\nA *b* `c` [d](/x)\ne", "Title A b c d e"),
        ("a\n\n```py\ncode\n```\n\n    more\n\nb", "a b"),
        ("a\n\n| t | u |\n|-|-|\n| v | w |\n\nb", "a b"),
        ("> ! the murderer\n\nb", "b"),
        ("a[^1] ![image](/f/aaaaaaaaaa/x)\n\n[^1]: note", "a"),
        ("- [ ] do\n- <kbd>X</kbd> & $y$", "do X & y"),
    ],
)
def test_excerpt_is_running_text(source: str, expected: str) -> None:
    assert render(source).excerpt == expected


def test_excerpt_is_whole_up_to_its_length() -> None:
    text = "word " * (EXCERPT_LENGTH // 5 - 1) + "words"
    assert len(text) == EXCERPT_LENGTH
    assert render(text).excerpt == text


def test_excerpt_is_cut_at_a_word() -> None:
    assert render("word, " * 100).excerpt == "word, " * 32 + "word\u2026"


def test_excerpt_cuts_a_very_long_word() -> None:
    assert render("x" * 500).excerpt == "x" * (EXCERPT_LENGTH - 1) + "\u2026"
