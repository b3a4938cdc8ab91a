"""Marks of reading. They record no events: nobody else hears how far somebody has read."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import action
from community.spaces.access import require_read
from community.spaces.models import Space
from discussions.reading.models import SpaceWatermark, TopicReading, Visit
from discussions.reading.queries import VISIT_PAUSE
from discussions.topics.access import require_read_now
from discussions.topics.models import Topic

# A page tells every five seconds at most; a few tabs may be open.
TOLD_PER_MINUTE = 120
# A visit that goes on is written down this often.
VISIT_STEP = timedelta(minutes=5)


def read_topic(topic: Topic, *, by: User, number: int | None = None) -> None:
    """Count all up to number (None: everything there is) as read; never takes a mark back.

    Raises PermissionDenied unless by reads the space, ValidationError for number.
    """
    require_read(topic.space, by)
    number = _checked(number, topic) if number is not None else topic.highest_number
    known = TopicReading.objects.filter(person=by, topic=topic, highest_number__gte=number)
    # Most of what a page tells is known already, and costs no write then.
    if not known.exists():
        _raise_mark(topic, number, by)


def _checked(number: int, topic: Topic) -> int:
    if not 1 <= number <= topic.highest_number:
        limits = {"highest": topic.highest_number}
        raise ValidationError(
            {"number": _("Name the number of a post, from 1 to %(highest)s.") % limits}
        )
    return number


@action
def _raise_mark(topic: Topic, number: int, by: User) -> None:
    require_read_now(topic.space, by)
    raise_mark(topic, number, by)


def raise_mark(topic: Topic, number: int, person: User) -> None:
    """The part of read_topic for callers inside an action that checked access."""
    ended = {"is_marked_unread": False} if number >= topic.last_number else {}
    changed: dict[str, object] = {"highest_number": number, "read_at": timezone.now()}
    rows = TopicReading.objects.filter(person=person, topic=topic)
    _row, created = rows.get_or_create(person=person, topic=topic, defaults=changed)
    if not created:
        rows.filter(highest_number__lt=number).update(**changed, **ended)


@action
def mark_unread(topic: Topic, *, by: User, number: int) -> None:
    """Count the post with this number and all behind it as unread, until they are read again.

    Raises PermissionDenied unless by reads the space, ValidationError for number.
    """
    require_read_now(topic.space, by)
    TopicReading.objects.update_or_create(
        person=by,
        topic=topic,
        defaults={"highest_number": _checked(number, topic) - 1, "is_marked_unread": True},
    )


@action
def read_space(space: Space, *, by: User, until: datetime) -> None:
    """Count everything written in space until then as read; what was marked unread too.

    A time that is still to come counts as now. Raises PermissionDenied unless by reads space.
    """
    require_read_now(space, by)
    _read_spaces([space.pk], by, until)


@action
def read_all_spaces(*, by: User, until: datetime) -> None:
    """read_space() for every space that by belongs to."""
    _read_spaces(list(by.memberships.values_list("space_id", flat=True)), by, until)


def _read_spaces(space_ids: list[int], by: User, until: datetime) -> None:
    until = min(until, timezone.now())
    raise_watermarks(space_ids, until, by)
    marked = TopicReading.objects.filter(person=by, is_marked_unread=True)
    ended = marked.filter(topic__space__in=space_ids, topic__active_at__lte=until)
    ended.update(is_marked_unread=False)


def raise_watermarks(space_ids: list[int], until: datetime, person: User) -> None:
    """Two statements, however many spaces they are."""
    made = [
        SpaceWatermark(person=person, space_id=space_id, read_until=until)
        for space_id in sorted(space_ids)
    ]
    SpaceWatermark.objects.bulk_create(made, ignore_conflicts=True)
    rows = SpaceWatermark.objects.filter(person=person, space__in=space_ids)
    rows.filter(read_until__lt=until).update(read_until=until)


def note_visit(*, by: User) -> None:
    """by is here. After a pause of VISIT_PAUSE a new visit begins."""
    recent = timezone.now() - VISIT_STEP
    if not Visit.objects.filter(person=by, last_at__gt=recent).exists():
        _note_visit(by)


@action
def _note_visit(by: User) -> None:
    now = timezone.now()
    rows = Visit.objects.filter(person=by)
    _row, created = rows.get_or_create(person=by, defaults={"last_at": now})
    if not created:
        rows.filter(last_at__lt=now - VISIT_PAUSE).update(before_at=F("last_at"))
        rows.update(last_at=now)
