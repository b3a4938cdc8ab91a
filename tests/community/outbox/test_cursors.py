import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.outbox.cursors import (
    ATTEMPTS,
    UNHEARD_EVENTS,
    advance,
    behind,
    parked_is_due,
    retry_parked,
)
from community.outbox.models import Cursor, Event, ParkedEvent
from community.outbox.reading import Position, events_after, head
from tests.community.outbox import sample_handlers
from tests.community.outbox.sample_handlers import (
    ALSO_HEARD,
    FIRST,
    SECOND,
    UNHEARD,
    effects,
    tell,
)

# On PostgreSQL events can be read only after their transaction has ended.
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def table(transactional_db: None, effects_table: None) -> None:
    """Every test here looks at effects."""


@pytest.fixture
def up_to_date(table: None) -> None:
    """All is read. Ids go on from test to test, so a handler without a cursor is far behind."""
    tell(UNHEARD)
    for name in (FIRST, SECOND):
        advance(name)
    assert behind() == []


def ids(**criteria: object) -> list[int]:
    return list(Event.objects.filter(**criteria).order_by("id").values_list("id", flat=True))


def test_handlers_get_the_events_they_subscribe_to_once() -> None:
    for name in (sample_handlers.HEARD, ALSO_HEARD, UNHEARD, sample_handlers.HEARD):
        tell(name)
    assert [advance(name, seconds=60) for name in (FIRST, SECOND, FIRST, SECOND)] == [2, 3, 0, 0]
    assert effects("first") == ids(name=sample_handlers.HEARD)
    assert effects("second") == ids(name__in=[sample_handlers.HEARD, ALSO_HEARD])


def test_advance_takes_200_events_at_a_time() -> None:
    for _ in range(450):
        tell()
    assert [advance(FIRST, seconds=60) for _ in range(4)] == [200, 200, 50, 0]
    assert effects("first") == ids()
    assert Cursor.objects.get(handler=FIRST).handled == 450


def test_slow_handler_is_given_fewer_events_and_misses_none() -> None:
    for _ in range(5):
        tell()
    assert [advance(FIRST, seconds=0) for _ in range(6)] == [1, 1, 1, 1, 1, 0]
    assert effects("first") == ids()


@pytest.mark.usefixtures("up_to_date")
def test_behind_names_handlers_that_hear_something_new(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tell(sample_handlers.HEARD)
    assert behind() == [FIRST, SECOND]
    advance(FIRST)
    with django_assert_num_queries(3):
        assert behind() == [SECOND]
    tell(UNHEARD)
    assert behind() == [SECOND]  # the first one has read what it hears, and is late all the same
    advance(SECOND)
    assert behind() == []
    tell(ALSO_HEARD)
    assert behind() == [SECOND]


@pytest.mark.usefixtures("up_to_date")
def test_behind_takes_as_many_reads_for_many_events_and_handlers(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(UNHEARD_EVENTS - 2):
        tell(UNHEARD)
    with django_assert_num_queries(3):
        assert behind() == []
    tell()
    with django_assert_num_queries(3):
        assert behind() == [FIRST, SECOND]
    advance(FIRST, seconds=60)
    advance(SECOND, seconds=60)
    with django_assert_num_queries(2):
        assert behind() == []


@pytest.mark.usefixtures("up_to_date")
def test_cursor_that_stayed_behind_hears_the_next_event() -> None:
    for _ in range(30):
        tell(ALSO_HEARD)
        tell(UNHEARD)
    at = Cursor.objects.get(handler=FIRST).event_id
    assert behind() == [SECOND]
    advance(SECOND, seconds=60)
    assert (behind(), Cursor.objects.get(handler=FIRST).event_id) == ([], at)
    tell()
    assert behind() == [FIRST, SECOND]
    assert advance(FIRST, seconds=60) == 1
    assert effects("first") == ids(name=sample_handlers.HEARD)


@pytest.mark.usefixtures("up_to_date")
def test_cursor_moves_over_100_events_that_nobody_hears() -> None:
    for _ in range(UNHEARD_EVENTS - 1):
        tell(UNHEARD)
    assert behind() == []
    tell(UNHEARD)
    assert behind() == [FIRST, SECOND]
    assert [advance(name) for name in (FIRST, SECOND)] == [0, 0]
    assert behind() == []
    assert Cursor.objects.get(handler=FIRST).event_id == max(ids())
    assert effects("first") == effects("second") == []


@pytest.mark.usefixtures("up_to_date")
def test_what_behind_leaves_out_is_never_missed() -> None:
    """A worker that asks behind() after every few events, as they come in any order."""
    chance = random.Random(7)
    names = [sample_handlers.HEARD, ALSO_HEARD, *[UNHEARD] * 8]
    for _ in range(60):
        for _ in range(chance.randrange(8)):
            tell(chance.choice(names), stream=chance.randrange(3))
        for name in behind():
            advance(name, batch=3, seconds=chance.choice([0, 60]))
    for _ in range(5):
        for name in behind():
            advance(name, seconds=60)
    assert behind() == []
    assert effects("first") == ids(name=sample_handlers.HEARD)
    assert effects("second") == ids(name__in=[sample_handlers.HEARD, ALSO_HEARD])


def test_events_that_fail_leave_the_reading_of_the_others_open() -> None:
    """Their savepoints are undone while the rest of a batch of several reads is still to come."""
    for number in range(50):
        tell(fails="always" if number % 3 == 0 else "", is_echoed=True)
    assert advance(SECOND, seconds=60) == 50
    assert effects("second") == [pk for place, pk in enumerate(ids()) if place % 3]
    parked = ParkedEvent.objects.order_by("event_id").values_list("event_id", flat=True)
    assert list(parked) == ids()[::3]
    assert advance(FIRST, seconds=60) == 50
    assert len(ids(name=UNHEARD)) == 50


def test_event_that_fails_is_parked_and_the_others_go_on() -> None:
    tell()
    tell(fails="always")
    tell()
    good, bad, also_good = ids()
    assert advance(SECOND, seconds=60) == 3
    assert effects("second") == [good, also_good]
    assert ids(name=UNHEARD) == []  # what the failed handler told is undone too
    parked = ParkedEvent.objects.get()
    assert (parked.handler, parked.event_id, parked.attempts) == (SECOND, bad, 1)
    assert "This event can't be handled." in parked.error
    assert behind() == [FIRST]


def test_parked_event_is_retried_when_due() -> None:
    tell(fails="always")
    advance(SECOND)
    assert not parked_is_due()
    assert retry_parked() == 0
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        assert parked_is_due()
        assert retry_parked() == 1
        assert (ParkedEvent.objects.get().attempts, effects("second")) == (2, [])
    sample_handlers.broken.remove("always")
    with time_machine.travel(timezone.now() + timedelta(seconds=60)):
        assert retry_parked() == 1
        assert (ParkedEvent.objects.count(), effects("second")) == (0, ids())


def test_parked_event_is_given_up_after_eight_attempts() -> None:
    tell(fails="always")
    advance(SECOND)
    with time_machine.travel(timezone.now()) as clock:
        for _ in range(ATTEMPTS):
            clock.shift(timedelta(hours=1))
            retry_parked()
    parked = ParkedEvent.objects.get()
    assert (parked.attempts, parked.next_attempt_at) == (8, None)


def test_parked_event_of_a_handler_that_is_gone_waits_for_a_person() -> None:
    tell()
    ParkedEvent.objects.create(
        handler="gone", event=Event.objects.get(), error="", next_attempt_at=timezone.now()
    )
    assert retry_parked() == 1
    parked = ParkedEvent.objects.get()
    assert (parked.next_attempt_at, parked.error) == (None, "This handler no longer exists.")


def test_database_trouble_undoes_the_whole_batch() -> None:
    tell()
    tell(fails="locked")
    sample_handlers.broken.add("locked")
    with pytest.raises(OperationalError):
        advance(SECOND, seconds=60)
    assert (effects("second"), ParkedEvent.objects.count()) == ([], 0)
    sample_handlers.broken.remove("locked")
    assert advance(SECOND, seconds=60) == 2
    assert effects("second") == ids()


@pytest.fixture
def two_parked() -> None:
    """Two events of the second handler; the first can be handled by now, the second can't yet."""
    for name in ("always", "locked"):
        tell(fails=name)
    sample_handlers.broken.add("locked")
    later = timezone.now()
    for event in Event.objects.order_by("pk"):
        later += timedelta(milliseconds=1)
        ParkedEvent.objects.create(handler=SECOND, event=event, next_attempt_at=later)
    sample_handlers.broken.remove("always")


@pytest.mark.usefixtures("two_parked")
def test_database_trouble_undoes_no_other_retry() -> None:
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        with pytest.raises(OperationalError):
            retry_parked(seconds=60)
        assert (effects("second"), ParkedEvent.objects.count()) == (ids()[:1], 1)


@pytest.mark.usefixtures("two_parked")
def test_retries_end_when_their_time_is_over() -> None:
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        assert retry_parked(seconds=0) == 1


def test_two_workers_never_double_an_effect() -> None:
    for _ in range(300):
        tell()

    def work(_: int) -> None:
        while behind():
            for name in (FIRST, SECOND):
                advance(name, batch=10)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert effects("first") == effects("second") == ids()


def test_events_that_come_while_a_batch_is_read_are_given_once() -> None:
    is_over = threading.Event()

    def write(stream: int) -> None:
        while not is_over.is_set():
            tell(stream=stream)
        connection.close()

    writers = [threading.Thread(target=write, args=(stream,)) for stream in (1, 2, 3)]
    for writer in writers:
        writer.start()
    for _ in range(150):
        advance(FIRST)
    is_over.set()
    for writer in writers:
        writer.join()
    while behind() != [SECOND]:
        advance(FIRST)
    assert effects("first") == ids()


@pytest.mark.service("postgresql")
def test_transaction_that_started_earlier_and_commits_later_is_not_skipped() -> None:
    has_told, may_commit = threading.Event(), threading.Event()

    def tell_slowly() -> None:
        with transaction.atomic():
            tell(stream=1)
            has_told.set()
            may_commit.wait(10)
        connection.close()

    slow = threading.Thread(target=tell_slowly)
    slow.start()
    has_told.wait(10)
    tell(stream=2)
    assert ids() != []  # the later one is committed
    assert (list(events_after(Position())), head(), advance(FIRST)) == ([], Position(), 0)
    may_commit.set()
    slow.join()
    assert advance(FIRST, seconds=60) == 2
    assert [event.stream.name for event in events_after(Position())] == ["space:1", "space:2"]
    assert effects("first") == ids()
