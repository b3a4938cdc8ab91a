import threading
import time

import pytest
from django.db import connection, transaction

from community.outbox.gate import FifoGate, background_writer, write_gate


def test_gate_is_handed_over_in_the_order_of_arrival() -> None:
    gate = FifoGate()
    order: list[int] = []

    def come(number: int) -> None:
        gate.acquire()
        order.append(number)
        gate.release()

    gate.acquire()
    threads = [threading.Thread(target=come, args=(number,)) for number in range(20)]
    for waiting, thread in enumerate(threads, start=1):
        thread.start()
        while len(gate._waiting) < waiting:
            time.sleep(0.001)
    gate.release()
    for thread in threads:
        thread.join()
    assert order == list(range(20))
    gate.acquire()  # free again


def seconds_of_a_write(work_seconds: float) -> float:
    started = time.monotonic()
    with write_gate(), transaction.atomic():
        time.sleep(work_seconds)
    return time.monotonic() - started


@pytest.mark.django_db(transaction=True)
def test_background_writer_pauses_as_long_as_it_wrote_on_sqlite() -> None:
    pauses = connection.vendor == "sqlite"
    with background_writer():
        assert (seconds_of_a_write(0.2) >= 0.4) == pauses
    assert seconds_of_a_write(0.2) < 0.4


@pytest.mark.django_db(transaction=True)
def test_background_writer_pauses_5_ms_after_the_shortest_write_on_sqlite() -> None:
    shortest = 0.005 if connection.vendor == "sqlite" else 0
    with background_writer():
        assert min(seconds_of_a_write(0) for _ in range(10)) >= shortest


@pytest.mark.django_db(transaction=True)
def test_gate_inside_a_transaction_does_not_wait_for_itself() -> None:
    with write_gate(), transaction.atomic(), write_gate():
        assert connection.in_atomic_block
