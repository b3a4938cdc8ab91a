"""No request that can be generated breaks the site or gets an answer that isn't described."""

import pytest

from tests.config.api.requests import faults
from tests.factories.tokens import make_secret
from tests.house.make_office import make_office
from tests.house.office import Office
from tests.house.test_hostile_input import parts_of_addresses
from tests.services import on_postgresql

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("role", ["zed", "ada", "mia"])
def test_generated_requests_get_described_answers(role: str) -> None:
    """Zed is a stranger to the closed spaces, Ada a member, Mia moderates."""
    office = make_office()
    # Most of the time is spent on making requests up, and those are the same for each database.
    examples = 1 if on_postgresql() else 3

    found = faults(make_secret(office.people[role]), parts_of(office), examples=examples)

    assert found == []


def parts_of(office: Office) -> dict[str, list[str]]:
    """What there is, by the names of parts of addresses."""
    found = parts_of_addresses(office)
    places = ["start", *(f"topic:{part}" for part in found)]
    return dict.fromkeys(("public_id", "slug", "handle", "name"), found) | {"place": places}
