"""What people contributed per space, counted again from the tables when something changed."""

import time
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, Sum

from community.outbox.cursors import BATCH_SECONDS
from community.outbox.fanout import start_fanout
from community.outbox.models import Event
from discussions.answers.models import Contribution
from discussions.events import TOPIC_DELETED, TOPIC_MOVED, TOPIC_MOVED_AWAY, TOPIC_RESTORED
from discussions.topics.models import Post

# What these are about is the whole topic, and what everybody wrote in it.
OF_TOPIC = frozenset({TOPIC_DELETED, TOPIC_RESTORED, TOPIC_MOVED, TOPIC_MOVED_AWAY})


def count_contributions(event: Event) -> None:
    """Count again for the author of the post; for all where a topic goes, returns or moves."""
    if event.space_id is None:
        return
    if event.name in OF_TOPIC:
        start_fanout("contributions", topic=event.topic_id or 0, space=event.space_id)
        return
    people = {event.subject_id, event.actor_id}
    for person_id in sorted(person for person in people if person is not None):
        count_contribution(event.space_id, person_id)


def contributions_step(data: dict[str, Any], position: int, limit: int) -> tuple[int, int | None]:
    """Count again for who wrote in a topic; a step of the fan-out "contributions"."""
    until, done = time.monotonic() + BATCH_SECONDS[connection.vendor], 0
    posts = Post.objects.filter(topic=data["topic"], author_id__gt=position).order_by("author_id")
    people = list(posts.values_list("author_id", flat=True).distinct()[:limit])
    for done, person_id in enumerate(people, start=1):
        count_contribution(data["space"], person_id)
        if time.monotonic() >= until:
            return done, person_id
    return done, people[-1] if len(people) == limit else None


def count_contribution(space_id: int, person_id: int) -> None:
    # Counted under the row's lock: a rebuild that counted earlier must not write later.
    rows = Contribution.objects.select_for_update()
    row, _created = rows.get_or_create(space_id=space_id, person_id=person_id)
    living = Post.objects.filter(
        author_id=person_id, topic__space_id=space_id, deleted_at=None, topic__deleted_at=None
    )
    counts = living.aggregate(
        topics=Count("pk", filter=Q(kind=Post.Kind.OPENING)),
        answers=Count("pk", filter=Q(kind=Post.Kind.ANSWER)),
        accepted=Count("pk", filter=Q(accepted_at__isnull=False)),
        helpful=Sum(F("up") + F("up_imported"), default=0),
    )
    Contribution.objects.filter(pk=row.pk).update(**counts)
