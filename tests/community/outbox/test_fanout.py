from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.outbox.fanout import ATTEMPTS, advance_fanout, fanout_is_due, start_fanout
from community.outbox.models import Fanout
from tests.community.outbox.sample_handlers import broken, effects

pytestmark = pytest.mark.django_db


def test_fanout_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        start_fanout("nothing")


def test_fanout_of_1200_rows_takes_three_steps(effects_table: None) -> None:
    assert not fanout_is_due()
    start_fanout("hundreds", rows=1200)
    assert fanout_is_due()
    assert [advance_fanout() for _ in range(4)] == [500, 500, 200, 0]
    assert effects("fanned out") == list(range(1, 1201))
    done = Fanout.objects.get()
    assert (done.rows, done.done_at is None, done.next_attempt_at) == (1200, False, None)
    assert not fanout_is_due()


def test_fanouts_are_advanced_in_their_order(effects_table: None) -> None:
    earlier, later = start_fanout("hundreds", rows=600), start_fanout("hundreds", rows=10)
    advance_fanout()
    advance_fanout()
    earlier.refresh_from_db()
    later.refresh_from_db()
    assert (earlier.rows, later.rows) == (600, 0)


def test_step_that_fails_is_repeated_later_and_lets_others_pass(effects_table: None) -> None:
    failing = start_fanout("hundreds", rows=700, fails_at=500)
    start_fanout("hundreds", rows=1)
    assert [advance_fanout() for _ in range(4)] == [500, 1, 1, 0]
    failing.refresh_from_db()
    assert (failing.position, failing.attempts) == (500, 1)
    assert "This step can't be done." in failing.error
    broken.remove("always")
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        assert [advance_fanout(), advance_fanout()] == [200, 0]
    failing.refresh_from_db()
    assert (failing.rows, failing.attempts, failing.error) == (700, 0, "")


def test_fanout_is_given_up_after_eight_failures(effects_table: None) -> None:
    failing = start_fanout("hundreds", rows=10, fails_at=0)
    with time_machine.travel(timezone.now()) as clock:
        for _ in range(ATTEMPTS):
            assert advance_fanout() == 1
            clock.shift(timedelta(hours=1))
        assert advance_fanout() == 0
    failing.refresh_from_db()
    assert (failing.attempts, failing.next_attempt_at, failing.done_at) == (8, None, None)
