"""What stands on the rows of spaces: how many members, and the rules as HTML."""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from community.outbox.recording import action
from community.spaces.actions import rendered_rules
from community.spaces.models import Space


def rebuild_spaces(progress: Callable[[int, int], None]) -> int:
    """Return how many spaces there are."""
    ids = list(Space.objects.order_by("pk").values_list("pk", flat=True))
    for done, pk in enumerate(ids, start=1):
        _rebuild(pk)
        progress(done, len(ids))
    return len(ids)


@action
def _rebuild(pk: int) -> None:
    space = Space.objects.select_for_update().get(pk=pk)
    space.member_count = space.memberships.count()
    try:
        space.rules_html = rendered_rules(space.rules_source)
    except ValidationError:
        # Rules beyond today's limits keep what they have.
        space.save(update_fields=["member_count"])
    else:
        space.save(update_fields=["member_count", "rules_html"])
