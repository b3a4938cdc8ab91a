import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


def codes(password: str) -> list[str]:
    try:
        validate_password(password)
    except ValidationError as error:
        return [str(found.code) for found in error.error_list]
    return []


@pytest.mark.parametrize(
    ("password", "refused_as"),
    [
        ("four words nob", ["password_too_short"]),
        ("four words nobo", []),
        ("fourwordsnobody", []),
        ("ÄÖÜ ohne Ziffern", []),
        ("x" * 100 + "four words nobody would combine", []),
        ("secretsecretsecret", ["password_is_a_pattern"]),
        ("aaaaaaaaaaaaaaaa", ["password_is_a_pattern"]),
        ("abababababababababab", ["password_is_a_pattern"]),
        ("abcdefghijklmnop", ["password_is_a_pattern"]),
        ("9876543210987654", ["password_is_a_pattern"]),
    ],
)
def test_password_is_judged_by_length_and_pattern(password: str, refused_as: list[str]) -> None:
    assert codes(password) == refused_as


def test_common_password_is_refused() -> None:
    assert codes("1q2w3e4r5t6y7u8i9o0p") == ["password_too_common"]


def test_password_at_the_limit_and_one_above() -> None:
    long = " ".join(f"word {number}" for number in range(40))[:256]
    assert codes(long) == []
    assert codes(long + "x") == ["password_too_long"]
