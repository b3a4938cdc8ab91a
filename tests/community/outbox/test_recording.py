import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection

from community.accounts.models import User
from community.outbox.models import Event, Stream
from community.outbox.recording import action, along, record, savepoint
from community.spaces.models import Space
from tests.community.outbox.sample_handlers import HEARD, UNHEARD, tell


def recorded() -> list[tuple[str, str, int]]:
    events = Event.objects.select_related("stream").order_by("id")
    return [(event.name, event.stream.name, event.number) for event in events]


def test_record_outside_an_action_is_refused() -> None:
    with pytest.raises(RuntimeError):
        record(HEARD, actor=None, obj=Space(pk=1), space=Space(pk=1))


def test_savepoint_outside_an_action_is_refused() -> None:
    with pytest.raises(RuntimeError), savepoint():
        pass


@pytest.mark.django_db
def test_record_without_space_and_person_is_refused() -> None:
    @action
    def act() -> None:
        record(HEARD, actor=None, obj=Space(pk=1))

    with pytest.raises(ValueError, match="needs a space or a person"):
        act()


@pytest.mark.django_db
def test_record_writes_what_it_was_given(ada: User, ben: User) -> None:
    @action
    def act() -> None:
        record(HEARD, actor=ada, obj=ben, subject=ben, tag_ids={7, 3}, why="because")

    act()
    event = Event.objects.get(name=HEARD)
    assert (event.stream.name, event.actor, event.subject) == (f"person:{ben.pk}", ada, ben)
    assert (event.object_kind, event.object_id) == ("community.user", ben.pk)
    assert (event.topic_id, event.space_id, event.tag_ids) == (None, None, [3, 7])
    assert event.data == {"why": "because"}
    assert (event.xid is None) == (connection.vendor == "sqlite")


@pytest.mark.django_db
def test_action_that_raises_leaves_neither_event_nor_number() -> None:
    @action
    def act() -> None:
        tell()
        raise ValueError

    tell()
    with pytest.raises(ValueError):  # noqa: PT011 - it is ours
        act()
    tell()
    assert recorded() == [(HEARD, "space:1", 1), (HEARD, "space:1", 2)]


@pytest.mark.django_db
def test_inner_actions_record_once_in_their_order() -> None:
    @action
    def act() -> None:
        tell(stream=2)
        tell(UNHEARD, stream=1)
        tell(stream=2)
        assert recorded() == []

    act()
    assert recorded() == [(HEARD, "space:2", 1), (UNHEARD, "space:1", 1), (HEARD, "space:2", 2)]


@pytest.mark.django_db
def test_savepoint_undoes_its_own_writes_and_events_only() -> None:
    @action
    def act() -> None:
        tell(stream=1)
        with suppress(ValueError):
            fail()
        tell(stream=3)

    @savepoint()
    def fail() -> None:
        Stream.objects.create(name="undone")
        tell(stream=2)
        raise ValueError

    act()
    assert recorded() == [(HEARD, "space:1", 1), (HEARD, "space:3", 1)]
    assert not Stream.objects.filter(name="undone").exists()


@action
def tell_some(chance: random.Random) -> None:
    for stream in chance.sample([1, 2, 3], chance.randint(1, 3)):
        tell(stream=stream)


def tell_much(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(15):
        tell_some(chance)
    connection.close()


def numbers(stream: str) -> list[int]:
    events = Event.objects.filter(stream__name=stream).order_by("number")
    return list(events.values_list("number", flat=True))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_numbers_of_eight_threads_have_no_hole_at_any_moment() -> None:
    with ThreadPoolExecutor(8) as pool:
        writers = [pool.submit(tell_much, seed) for seed in range(8)]
        while not all(writer.done() for writer in writers):
            found = numbers("space:1")
            assert found == list(range(1, len(found) + 1))
    for writer in writers:
        writer.result()
    streams = Stream.objects.order_by("name")
    assert [stream.name for stream in streams] == ["space:1", "space:2", "space:3"]
    for stream in streams:
        assert numbers(stream.name) == list(range(1, stream.number + 1))


@pytest.mark.service("postgresql")
@pytest.mark.django_db(transaction=True)
def test_action_in_a_deadlock_is_repeated() -> None:
    both_locked = threading.Barrier(2)
    attempts: list[str] = []
    for name in ("one", "two"):
        Stream.objects.create(name=name)

    @action
    def act(first: str, second: str) -> None:
        attempts.append(first)
        Stream.objects.filter(name=first).update(number=7)
        if attempts.count(first) == 1:
            both_locked.wait()
        Stream.objects.filter(name=second).update(number=7)
        tell(stream=5)

    def run(names: tuple[str, str]) -> None:
        act(*names)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, [("one", "two"), ("two", "one")]))
    assert len(attempts) > 2
    assert recorded() == [(HEARD, "space:5", 1), (HEARD, "space:5", 2)]


@pytest.mark.django_db
def test_what_goes_along_is_one_transaction_with_the_action() -> None:
    @action
    def inner() -> None:
        record(HEARD, actor=None, obj=Space(pk=1), space=Space(pk=1))

    @action
    def act(*, fails: bool) -> None:
        inner()
        if fails:
            raise LookupError

    done: list[int] = []

    def more() -> None:
        done.append(len(recorded()))
        record(UNHEARD, actor=None, obj=Space(pk=1), space=Space(pk=1))

    with along(more), pytest.raises(LookupError):
        act(fails=True)
    assert (done, recorded()) == ([], [])
    with along(more):
        act(fails=False)
    act(fails=False)
    assert [name for name, _stream, _number in recorded()] == [HEARD, UNHEARD, HEARD]
    assert done == [0]
