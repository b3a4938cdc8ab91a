"""Streams give out numbers without a hole, many streams at a time too."""

import pytest
from pytest_django import DjangoAssertNumQueries

from community.outbox import streams
from community.outbox.models import Stream
from community.outbox.streams import take_numbers

pytestmark = pytest.mark.django_db


def test_numbers_go_on_where_they_ended() -> None:
    first = take_numbers({"space:1": 2, "person:1": 1})
    second = take_numbers({"space:1": 1, "space:2": 3})

    assert [first[name][1] for name in ("space:1", "person:1")] == [2, 1]
    assert [second[name][1] for name in ("space:1", "space:2")] == [3, 3]
    assert {name: pk for name, (pk, _last) in (first | second).items()} == dict(
        Stream.objects.values_list("name", "pk")
    )


def test_new_streams_and_old_ones_cost_the_same(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _turn in range(2):
        with django_assert_num_queries(2):
            take_numbers({"space:1": 1, "space:2": 1})


def test_more_streams_than_one_statement_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BATCH", 3)

    taken = take_numbers({f"person:{number}": number + 1 for number in range(8)})

    assert {name: last for name, (_pk, last) in taken.items()} == {
        f"person:{number}": number + 1 for number in range(8)
    }
