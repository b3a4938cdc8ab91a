import re

import pytest
from django.test import Client

from community.accounts.models import User
from community.http.position import sealed, unsealed
from community.outbox.reading import Position, head
from tests.factories.community import make_space


@pytest.mark.django_db(transaction=True)
def test_page_carries_its_stream_and_the_newest_event(
    client: Client, transactional_db: None, ada: User
) -> None:
    """In transactions that commit: PostgreSQL shows no position inside a running one."""
    space = make_space("Workshop", owner=ada)
    client.force_login(ada)
    newest = head()

    page = client.get(f"{space.url}/about").content.decode()

    found = re.search(r'data-stream="([^"]+)" data-position="([^"]+)"', page)
    assert found is not None
    assert (found[1], unsealed(found[2])) == (f"space:{space.public_id}", newest)
    assert newest.event_id > 0


def test_position_tells_nobody_how_much_happened() -> None:
    few, many = Position(0, 7), Position(2**40, 2**40 + 7)
    assert len(sealed(few)) == len(sealed(many))
    assert sealed(few) != sealed(Position(0, 8))
    assert unsealed(sealed(many)) == many


@pytest.mark.parametrize("token", ["", "0-7", "x", "é", sealed(Position(0, 7))[:-4] + "AAA="])
def test_other_strings_are_no_positions(token: str) -> None:
    with pytest.raises(ValueError, match="no position of this site"):
        unsealed(token)
