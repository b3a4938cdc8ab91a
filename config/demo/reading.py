"""What the demo people have read, so that each finds some things new since their last visit."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Membership
from config.demo.company import LOGINS, spread
from discussions.reading.models import SpaceWatermark, TopicReading, Visit
from discussions.topics.models import Topic

LAST_VISIT = timedelta(days=2, hours=3)
READ_UNTIL = timedelta(days=6)


def read_some(people: dict[str, User]) -> None:
    """For those who sign in: older things are read, of the last days most, and some in part."""
    now = timezone.now()
    for handle in LOGINS.values():
        person = people[handle]
        Visit.objects.create(person=person, last_at=now - LAST_VISIT)
        mine = Membership.objects.filter(person=person).values_list("space_id", flat=True)
        SpaceWatermark.objects.bulk_create(
            SpaceWatermark(person=person, space_id=space, read_until=now - READ_UNTIL)
            for space in mine
        )
        TopicReading.objects.bulk_create(_readings(person, now))


def _readings(person: User, now: datetime) -> list[TopicReading]:
    topics = Topic.objects.visible_to(person).filter(active_at__gt=now - 5 * READ_UNTIL)
    seen = [topic for topic in topics if spread(person.handle, topic.title, below=3)]
    before = now - LAST_VISIT
    return [
        TopicReading(
            person=person,
            topic=topic,
            highest_number=_number_at(topic, before),
            read_at=before,
        )
        for topic in seen
        if topic.created_at < before
    ]


def _number_at(topic: Topic, at: datetime) -> int:
    """The highest number that the topic had then."""
    posts = topic.posts.filter(created_at__lte=at)
    return posts.aggregate(highest=models.Max("number"))["highest"] or 0
