"""Moves watermarks behind what somebody has read to the end, so that counts stay cheap.

A count looks at the topics that were active since the watermark. Without this it would look at
more of them every day.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.jobs.actions import enqueue
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.outbox.recording import action
from discussions.reading.actions import raise_watermarks
from discussions.reading.models import TopicReading
from discussions.reading.queries import is_read, my_spaces_with_unread, read_to
from discussions.topics.models import Topic

# Longer than the time between two runs: a run may be late.
LOOKED_BACK = timedelta(hours=3)
# So many unread topics don't keep a watermark back: they are marked one by one.
MOST_PASSED = 50
# A post may be committed some moments after the time that it carries.
DISTANCE = timedelta(minutes=1)


def start_advancing() -> None:
    """Let the worker look after the watermarks: it takes long where many people read."""
    enqueue(advance_all, label=_("What people have read to the end"))


@job()
def advance_all(context: JobContext) -> None:
    advance_watermarks()


def advance_watermarks() -> int:
    """For everybody who read something of late, space by space; return how many were looked at."""
    lately = TopicReading.objects.filter(read_at__gt=timezone.now() - LOOKED_BACK)
    pairs = lately.values_list("person_id", "topic__space_id").distinct().order_by()
    found = sorted(pairs)
    for person_id, space_id in found:
        _advance(User.objects.get(pk=person_id), space_id)
    return len(found)


def _advance(person: User, space_id: int) -> None:
    """What is unread is looked up first, so that nobody who writes waits for it."""
    membership = my_spaces_with_unread(person).filter(space=space_id).first()
    if membership is None:
        return
    latest = timezone.now() - DISTANCE
    later = Topic.objects.visible_to(person).filter(
        ~is_read(person),
        space=membership.space,
        active_at__gt=membership.since,
        active_at__lte=latest,
    )
    unread = list(later.order_by("active_at", "id")[: MOST_PASSED + 1])
    if len(unread) > MOST_PASSED:
        unread, latest = [], unread[0].active_at - timedelta(microseconds=1)
    _move(person, space_id, unread, membership.since, latest)


@action
def _move(
    person: User, space_id: int, unread: list[Topic], since: datetime, latest: datetime
) -> None:
    for topic in unread:
        _pass(topic, person, since)
    raise_watermarks([space_id], latest, person)


def _pass(topic: Topic, person: User, since: datetime) -> None:
    """Keep topic unread behind the watermark, as if person had marked it."""
    read = read_to(topic, viewer=person) or 0
    if read >= topic.last_number:
        return  # since it was looked up
    rows = TopicReading.objects.filter(person=person, topic=topic)
    rows.get_or_create(
        person=person, topic=topic, defaults={"highest_number": read, "read_at": since}
    )
    rows.update(highest_number=read, is_marked_unread=True)
