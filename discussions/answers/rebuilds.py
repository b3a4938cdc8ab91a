"""What people contributed, counted again from the tables."""

from django.db.models import Count, F, Q, Sum

from community.outbox.recording import action
from community.spaces.models import Space
from discussions.answers.models import Contribution
from discussions.topics.models import Post, PostQuerySet
from discussions.topics.rebuilds import Progress, batched, spaces_to_rebuild

COUNTED = ["topics", "answers", "accepted", "helpful"]


def rebuild_contributions(progress: Progress, *, space: Space | None = None) -> int:
    """Count again what each person gave in each space; return how many rows."""
    spaces = list(spaces_to_rebuild(space))
    counted = 0
    for done, each in enumerate(spaces, start=1):
        for people in batched(_people_in(each)):
            _count_people(each, people)
            counted += len(people)
        progress(done, len(spaces))
    return counted


def _people_in(space: Space) -> list[int]:
    wrote = _living(space).filter(author__isnull=False).order_by()
    stored = Contribution.objects.filter(space=space).values_list("person_id", flat=True)
    return sorted({*wrote.values_list("author_id", flat=True).distinct(), *stored})


@action
def _count_people(space: Space, people: list[int]) -> None:
    """Lock the rows, then count, as count_contribution() does: what is written is never older."""
    rows = Contribution.objects.filter(space=space, person__in=people)
    missing = set(people) - set(rows.values_list("person_id", flat=True))
    Contribution.objects.bulk_create(
        [Contribution(space=space, person_id=person) for person in sorted(missing)],
        ignore_conflicts=True,
    )
    locked = list(rows.select_for_update(of=("self",)).order_by("person"))
    right = _counts(space, people)
    wrong = [row for row in locked if _set_counts(row, right.get(row.person_id, {}))]
    Contribution.objects.bulk_update(wrong, COUNTED)


def _set_counts(row: Contribution, right: dict[str, int]) -> bool:
    """Tell whether something was wrong."""
    before = [getattr(row, name) for name in COUNTED]
    for name in COUNTED:
        setattr(row, name, right.get(name, 0))
    return before != [getattr(row, name) for name in COUNTED]


def _living(space: Space) -> PostQuerySet:
    return Post.objects.filter(topic__space=space, deleted_at=None, topic__deleted_at=None)


def _counts(space: Space, people: list[int]) -> dict[int, dict[str, int]]:
    """As discussions.answers.handlers counts for one person."""
    rows = (
        _living(space)
        .filter(author__in=people)
        .order_by()
        .values_list("author_id")
        .annotate(
            topics=Count("pk", filter=Q(kind=Post.Kind.OPENING)),
            answers=Count("pk", filter=Q(kind=Post.Kind.ANSWER)),
            accepted=Count("pk", filter=Q(accepted_at__isnull=False)),
            helpful=Sum(F("up") + F("up_imported"), default=0),
        )
    )
    return {author: dict(zip(COUNTED, counts, strict=True)) for author, *counts in rows}
