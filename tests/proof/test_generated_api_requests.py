"""As tests/config/api/test_generated.py, with many more requests."""

import pytest

from tests.config.api.requests import faults
from tests.config.api.test_generated import parts_of
from tests.factories.tokens import make_secret
from tests.house.make_office import make_office

pytestmark = [pytest.mark.proof, pytest.mark.django_db]


@pytest.mark.parametrize("role", ["zed", "ada", "mia"])
def test_many_generated_requests_get_described_answers(role: str) -> None:
    office = make_office()

    found = faults(make_secret(office.people[role]), parts_of(office), examples=60)

    assert found == []
