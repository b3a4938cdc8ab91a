"""After a restore into another PostgreSQL cluster every handler still gets each event once."""

import pytest
from django.db import connection

from community.outbox.cursors import advance, retry_parked
from community.outbox.models import Cursor, Event, ParkedEvent
from community.outbox.relocation import forget_transaction_ids
from tests.community.outbox.sample_handlers import FIRST, HEARD, SECOND, effects, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.service("postgresql")]

# Beyond what any test cluster has counted to.
FAR = 2**40


@pytest.fixture(autouse=True)
def table(transactional_db: None, effects_table: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL numbers transactions")


def come_from_another_cluster() -> None:
    """As a restored database is: its transactions lie in this cluster's future."""
    for event in Event.objects.all():
        Event.objects.filter(pk=event.pk).update(xid=FAR + (event.xid or 0))
    for cursor in Cursor.objects.all():
        Cursor.objects.filter(pk=cursor.pk).update(xid=FAR + cursor.xid)


def run_all() -> None:
    for name in (FIRST, SECOND):
        while advance(name, seconds=60):
            pass
    while retry_parked():
        pass


def test_events_of_another_cluster_would_never_be_read() -> None:
    tell(HEARD)
    come_from_another_cluster()
    run_all()
    assert effects("first") == []


def test_what_waited_and_what_comes_is_handled_once() -> None:
    tell(HEARD)
    advance(FIRST, seconds=60)
    tell(HEARD)
    come_from_another_cluster()
    forget_transaction_ids()
    tell(HEARD)
    run_all()
    ids = list(Event.objects.filter(name=HEARD).order_by("pk").values_list("pk", flat=True))
    assert len(ids) == 3
    assert effects("first") == ids
    assert effects("second") == ids


def test_event_that_the_cursor_would_jump_over_is_parked_and_handled_once() -> None:
    """The transaction with the lower id committed with the higher number."""
    tell(HEARD)
    tell(HEARD)
    early, late = Event.objects.filter(name=HEARD).order_by("-pk")[:2][::-1]
    Event.objects.filter(pk=early.pk).update(xid=FAR + 9)
    Event.objects.filter(pk=late.pk).update(xid=FAR + 8)
    Event.objects.exclude(pk__in=[early.pk, late.pk]).update(xid=FAR)
    Cursor.objects.update_or_create(
        handler=FIRST, defaults={"xid": FAR + 8, "event_id": late.pk, "handled": 1}
    )
    forget_transaction_ids()
    assert [parked.event_id for parked in ParkedEvent.objects.all()] == [early.pk]
    run_all()
    assert effects("first") == [early.pk]
