"""The row of a resource, which its actions make, lock and tell of."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import action
from discussions.resources.languages import NAMES
from discussions.resources.models import Level, Resource
from discussions.topics.access import require_write_now
from discussions.topics.locking import lock_topic
from discussions.topics.models import Topic

MAX_MINUTES = 6_000


@dataclass(frozen=True)
class Details:
    """minutes: what it takes, None where nobody says; level and language: "" for any."""

    minutes: int | None = None
    level: str = ""
    language: str = ""

    def checked(self) -> "Details":
        """Raises ValidationError for the fields minutes, level and language."""
        if self.minutes is not None and not 1 <= self.minutes <= MAX_MINUTES:
            limit = {"limit": f"{MAX_MINUTES:,}"}
            raise ValidationError(
                {"minutes": _("It takes between 1 and %(limit)s minutes.") % limit}
            )
        if self.level and self.level not in Level.values:
            raise ValidationError({"level": _("Choose a level from the list.")})
        if self.language and self.language not in NAMES:
            raise ValidationError({"language": _("Choose a language from the list.")})
        return self


NO_DETAILS = Details()


def insert_resource(topic: Topic, details: Details) -> Resource:
    return Resource.objects.create(
        topic=topic,
        shared_at=topic.created_at,
        minutes=details.minutes,
        level=details.level,
        language=details.language,
    )


def lock_resource(topic: Topic, by: User) -> Resource:
    """The row behind the lock of its topic.

    Raises Resource.DoesNotExist where the topic has gone since.
    """
    topic = lock_topic(topic)
    require_write_now(topic.space, by)
    if topic.deleted_at is not None:
        raise Resource.DoesNotExist
    resource = keep_resource(topic)
    resource.topic = topic
    return resource


@action
def keep_resource(topic: Topic) -> Resource:
    """The row of a topic that access gave, made where an article has none yet."""
    resource, _created = Resource.objects.get_or_create(
        topic=topic, defaults={"shared_at": topic.created_at}
    )
    return resource


def about(resource: Resource, by: User) -> dict[str, Any]:
    """What record() takes beside the name of what by did."""
    topic = resource.topic
    return {"actor": by, "obj": resource, "subject": topic.author, "topic": topic}
