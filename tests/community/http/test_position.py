import re

import pytest
from django.test import Client

from community.accounts.models import User
from community.outbox.reading import head
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
    assert found.groups() == (f"space:{space.public_id}", f"{newest.xid}-{newest.event_id}")
    assert newest.event_id > 0
