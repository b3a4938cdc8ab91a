import pytest

from community.text.slugs import slugify


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("How do I rotate keys?", "how-do-i-rotate-keys"),
        ("Über die Straße: Ærø, Łódź", "uber-die-strasse-aero-lodz"),
        ("C++ & .NET_core", "c-net-core"),
        ("数据库 設定", "数据库-設定"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_slugify_title(title: str, expected: str) -> None:
    assert slugify(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("alpha beta", "alpha-beta"), ("alpha betas", "alpha"), ("abcdefghijkl", "abcdefghij")],
)
def test_slugify_cuts_at_a_word_if_possible(title: str, expected: str) -> None:
    assert slugify(title, max_length=10) == expected
