"""One address for one page."""

import pytest
from django.core.exceptions import ValidationError

from discussions.resources.canonical import MAX_LENGTH, canonical_url, key_of, shown_url


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://Example.ORG", "https://example.org/"),
        (" example.org/a ", "https://example.org/a"),
        ("https://example.org:443/a?b=1#part", "https://example.org/a?b=1"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/?utm_source=x&b=1&fbclid=2", "https://example.org/?b=1"),
        ("https://example.org/?UTM_Medium=x", "https://example.org/"),
        ("https://example.org/?q=a+b%20c", "https://example.org/?q=a+b%20c"),
    ],
)
def test_address_loses_what_does_not_name_the_page(typed: str, stored: str) -> None:
    assert canonical_url(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        *("", "word", "javascript:alert(1)", "ftp://example.org/", "https://", "https://x y.org/"),
        *("https://a:b@example.org/", "https://example.org:99999/", "http://[::1", "//example.org"),
        "https://example.org/\x00",
    ],
)
def test_what_is_no_address_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        canonical_url(typed)
    assert list(refused.value.message_dict) == ["url"]


def test_length_holds_at_the_limit() -> None:
    start = "https://example.org/"
    longest = start + "x" * (MAX_LENGTH - len(start))
    assert canonical_url(longest) == longest
    with pytest.raises(ValidationError, match="at most 2,000"):
        canonical_url(longest + "x")


def test_key_is_the_same_for_one_page() -> None:
    same = {key_of(url) for url in ("https://a.example/b", "http://a.example/b/")}
    assert len(same) == 1
    assert key_of("https://a.example/b?c=1") not in same


def test_shown_address_is_short() -> None:
    assert shown_url("https://www.example.org/guide/") == "example.org/guide"
    assert len(shown_url("https://example.org/" + "x" * 200)) == 80
