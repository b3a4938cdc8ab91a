"""Moves watermarks behind what somebody has read to the end, so that counts stay cheap.

A count looks at the topics that were active since the watermark. Without this it would look at
more of them every day.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from community.accounts.models import User
from community.outbox.recording import action
from community.spaces.models import Space
from discussions.reading.actions import raise_watermark
from discussions.reading.models import TopicReading
from discussions.reading.queries import is_read, my_spaces_with_unread
from discussions.topics.models import Topic

# Longer than the time between two runs: a run may be late.
LOOKED_BACK = timedelta(hours=3)
# A post may be committed some moments after the time that it carries.
DISTANCE = timedelta(minutes=1)


def advance_watermarks() -> int:
    """For everybody who read something of late, space by space; return how many were looked at."""
    lately = TopicReading.objects.filter(read_at__gt=timezone.now() - LOOKED_BACK)
    pairs = lately.values_list("person_id", "topic__space_id").distinct().order_by()
    found = sorted(pairs)
    for person_id, space_id in found:
        _advance(person_id, space_id)
    return len(found)


@action
def _advance(person_id: int, space_id: int) -> None:
    person = User.objects.get(pk=person_id)
    membership = my_spaces_with_unread(person).filter(space=space_id).first()
    if membership is None:
        return
    until = _all_read_until(person, membership.space, membership.since)
    if until > membership.since:
        raise_watermark(space_id, until, person)


def _all_read_until(person: User, space: Space, since: datetime) -> datetime:
    """Just before the activity of the oldest topic that is unread; a minute ago without one."""
    later = Topic.objects.visible_to(person).filter(space=space, active_at__gt=since)
    oldest = later.filter(~is_read(person)).order_by("active_at", "id").first()
    latest = timezone.now() - DISTANCE
    return min(latest, oldest.active_at - timedelta(microseconds=1)) if oldest else latest
