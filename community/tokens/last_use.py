"""When tokens were last used."""

from django.utils import timezone

from community.http.last_use import Uses
from community.outbox.recording import action
from community.tokens.models import ApiToken


@action
def _write(keys: list[str]) -> None:
    ApiToken.objects.filter(public_id__in=keys).update(last_used_at=timezone.now())


token_uses = Uses(_write)
