"""When sessions were last used."""

from django.utils import timezone

from community.http.last_use import Uses
from community.outbox.recording import action
from community.sessions.models import Session


@action
def _write(keys: list[str]) -> None:
    # A session that ended meanwhile has no row: an update brings none back.
    Session.objects.filter(session_key__in=keys).update(last_used_at=timezone.now())


session_uses = Uses(_write)
