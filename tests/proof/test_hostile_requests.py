"""10,000 hostile requests, other ones than in `make test`, and none that breaks the server."""

import pytest

from tests.house.make_office import make_office
from tests.house.test_hostile_input import broken

pytestmark = [pytest.mark.proof, pytest.mark.django_db]


def test_10000_hostile_requests_get_an_answer() -> None:
    assert broken(make_office(), count=10_000, seed=2) == []
