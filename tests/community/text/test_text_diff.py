import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.text.diff import MAX_EDITS, Change, word_diff


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("a b", "a b", [("same", "a b")]),
        ("", "a", [("added", "a")]),
        ("a", "", [("removed", "a")]),
        (
            "one two three\nfour\n",
            "one 2 three\nfour\n",
            [("same", "one "), ("removed", "two "), ("added", "2 "), ("same", "three\nfour\n")],
        ),
        (
            "a\nb\nc\n",
            "a\nc\nd\n",
            [("same", "a\n"), ("removed", "b\n"), ("same", "c\n"), ("added", "d\n")],
        ),
    ],
)
def test_word_diff_of_two_texts(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [(change.kind, change.text) for change in word_diff(old, new)] == expected


TEXTS = st.text(alphabet="ab \n", max_size=60)


@given(old=TEXTS, new=TEXTS)
def test_word_diff_holds_both_texts(old: str, new: str) -> None:
    changes = word_diff(old, new)
    assert "".join(c.text for c in changes if c.kind != "added") == old
    assert "".join(c.text for c in changes if c.kind != "removed") == new


def test_word_diff_replaces_whole_hunk_beyond_limit() -> None:
    old = "".join(f"a{number} same " for number in range(MAX_EDITS))
    new = "".join(f"b{number} same " for number in range(MAX_EDITS))
    old, new = f"start {old}x", f"start {new}y"
    assert word_diff(old, new) == [
        Change("same", "start "),
        Change("removed", old.removeprefix("start ")),
        Change("added", new.removeprefix("start ")),
    ]
