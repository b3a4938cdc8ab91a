"""Whatever a member sends gets an answer, and never one that says the server broke."""

import pytest
from django.test import Client

from community.accounts.models import User
from tests.house.hostile import Attack, attacks
from tests.house.make_office import make_office
from tests.house.office import Office
from tests.house.pages import groups

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_hostile_requests_get_an_answer() -> None:
    assert broken(make_office(), count=2_000, seed=1) == []


def broken(office: Office, *, count: int, seed: int) -> list[str]:
    """The requests that were answered with 500 or more; each is written so that it can be sent."""
    person = office.people["mia"]
    client = Client(raise_request_exception=False)
    client.force_login(person)
    visits = [visit for group in groups(office) for visit in group.visits]
    pages = sorted({visit.path.partition("?")[0] for visit in visits})
    sent = attacks(count, seed=seed, parts=parts_of_addresses(office), pages=pages)
    return [str(attack) for attack in sent if send(client, person, attack) >= 500]


def send(client: Client, person: User, attack: Attack) -> int:
    answer = client.generic(
        attack.method, attack.path, attack.body, attack.content_type, headers=attack.headers
    )
    if attack.path.startswith("/account/") or "Cookie" in attack.headers:
        client.cookies.clear()
        client.force_login(person)
    return int(answer.status_code)


def parts_of_addresses(office: Office) -> list[str]:
    topics = (office.question, office.discussion, office.closed, office.deleted, office.hidden)
    posts = (office.answer, office.edited)
    spaces = (office.workshop, office.backroom)
    people = (office.people["ada"], office.people["gone"])
    return [
        *(one.public_id for one in (*topics, *posts)),
        *(one.slug for one in spaces),
        *(one.handle for one in people),
        *("1", "2", "vpn", "question", "elsewhere.example"),
    ]
