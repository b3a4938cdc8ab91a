"""The shelf keeps what is newest, within its bytes and its period."""

import random
from functools import partial

import pytest
from django.utils.safestring import SafeString

from discussions.pages import fragments
from discussions.pages.fragments import Fragments, Shelf

SIZE = 10_000


def made(letter: str) -> Fragments:
    """About SIZE bytes that nothing can make smaller."""
    noise = random.Random(letter).randbytes(SIZE).decode("latin-1")
    return Fragments(head=SafeString(letter), posts=SafeString(noise))


def kept(shelf: Shelf, letter: str) -> bool:
    return shelf.get(letter, lambda: made("?")) == made(letter)


def test_oldest_goes_when_the_bytes_are_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "SECONDS", 10**9)
    monkeypatch.setattr(fragments, "MAX_BYTES", SIZE * 5 // 2)
    shelf = Shelf()
    for letter in "abc":
        shelf.get(letter, partial(made, letter))
    assert [kept(shelf, "c"), kept(shelf, "b"), kept(shelf, "a")] == [True, True, False]


def test_new_period_begins_with_an_empty_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "SECONDS", 10**9)
    shelf = Shelf()
    shelf.get("a", partial(made, "a"))
    assert kept(shelf, "a")
    monkeypatch.setattr(fragments, "SECONDS", 10**-9)
    assert not kept(shelf, "a")
