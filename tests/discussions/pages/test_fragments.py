"""The shelf keeps what is newest, within its bytes and its period."""

from functools import partial

import pytest
from django.utils.safestring import SafeString

from discussions.pages import fragments
from discussions.pages.fragments import Fragments, Shelf


def made(letter: str) -> Fragments:
    return Fragments(head=SafeString(letter), posts=SafeString(letter * 1000))


def kept(shelf: Shelf, *letters: str) -> list[bool]:
    """Whether each is on the shelf; nothing is put there for the question."""
    return [shelf.get(letter, lambda: made("?")) == made(letter) for letter in letters]


def test_oldest_goes_when_the_bytes_are_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "SECONDS", 10**9)
    monkeypatch.setattr(fragments, "MAX_BYTES", 2 * made("a").bytes + 500)
    shelf = Shelf()
    for letter in "abc":
        shelf.get(letter, partial(made, letter))
    assert kept(shelf, "c", "b") == [True, True]
    assert kept(shelf, "a") == [False]


def test_new_period_begins_with_an_empty_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "SECONDS", 10**9)
    shelf = Shelf()
    shelf.get("a", lambda: made("a"))
    assert kept(shelf, "a") == [True]
    monkeypatch.setattr(fragments, "SECONDS", 10**-9)
    assert kept(shelf, "a") == [False]
