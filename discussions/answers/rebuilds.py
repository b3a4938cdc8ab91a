"""What people contributed, counted again from the tables."""

from typing import Any

from django.db.models import Count, F, Q, Sum

from community.outbox.recording import action
from community.spaces.models import Space
from discussions.answers.models import Contribution
from discussions.topics.models import Post
from discussions.topics.rebuilds import Progress, spaces_to_rebuild

COUNTED = ["topics", "answers", "accepted", "helpful"]


def rebuild_contributions(progress: Progress, *, space: Space | None = None) -> int:
    """Count again what each person gave in each space; return how many rows."""
    spaces = list(spaces_to_rebuild(space))
    counted = 0
    for done, each in enumerate(spaces, start=1):
        counted += _count_people(each)
        progress(done, len(spaces))
    return counted


@action
def _count_people(space: Space) -> int:
    nothing = dict.fromkeys(COUNTED, 0)
    right = _counts(space)
    stored = {
        row.pop("person"): row
        for row in Contribution.objects.filter(space=space).values("person", *COUNTED)
    }
    people = sorted({*right, *stored})
    wrong = [person for person in people if right.get(person, nothing) != stored.get(person)]
    Contribution.objects.bulk_create(
        [
            Contribution(space=space, person_id=person, **right.get(person, nothing))
            for person in wrong
        ],
        update_conflicts=True,
        unique_fields=["person", "space"],
        update_fields=COUNTED,
    )
    return len(people)


def _counts(space: Space) -> dict[int, dict[str, Any]]:
    """As discussions.answers.handlers counts for one person."""
    living = Post.objects.filter(
        topic__space=space, author__isnull=False, deleted_at=None, topic__deleted_at=None
    )
    rows = (
        living.order_by()
        .values_list("author")
        .annotate(
            topics=Count("pk", filter=Q(kind=Post.Kind.OPENING)),
            answers=Count("pk", filter=Q(kind=Post.Kind.ANSWER)),
            accepted=Count("pk", filter=Q(accepted_at__isnull=False)),
            helpful=Sum(F("up") + F("up_imported"), default=0),
        )
    )
    return {author: dict(zip(COUNTED, counts, strict=True)) for author, *counts in rows}
