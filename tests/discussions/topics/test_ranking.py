"""The two stored ranks."""

from datetime import UTC, datetime, timedelta

import pytest

from discussions.topics.ranking import HEAT_SECONDS, answer_worth, topic_heat, wilson_bound

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("up", "down", "bound"),
    [(0, 0, 0.0), (1, 0, 0.206549), (10, 0, 0.722467), (9, 1, 0.595850), (0, 5, 0.0)],
)
def test_wilson_bound_is_the_published_interval(up: int, down: int, bound: float) -> None:
    assert wilson_bound(up, down) == pytest.approx(bound, abs=1e-6)


def test_accepted_answers_come_first_and_bad_ones_last() -> None:
    worths = [
        answer_worth(0, 3, accepted=True),
        answer_worth(50, 1, accepted=False),
        answer_worth(3, 0, accepted=False),
        answer_worth(0, 0, accepted=False),
        answer_worth(0, 3, accepted=False),
    ]
    assert worths == sorted(worths, reverse=True)


def test_heat_weighs_points_against_age_and_a_busy_space() -> None:
    quiet = topic_heat(9, space_activity=0, at=MONDAY)
    assert quiet == topic_heat(0, space_activity=0, at=MONDAY + timedelta(seconds=HEAT_SECONDS))
    assert topic_heat(9, space_activity=990, at=MONDAY) < quiet
    assert topic_heat(-9, space_activity=0, at=MONDAY) < topic_heat(0, space_activity=0, at=MONDAY)
