"""Sharing resources, describing, using and rating them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.conflicts import EditConflict
from community.jobs.actions import enqueue
from community.outbox.recording import action, record
from community.spaces.models import Space
from community.text.names import clean_name
from discussions.events import (
    RESOURCE_DESCRIBED,
    RESOURCE_RATED,
    RESOURCE_UNRATED,
    RESOURCE_UNUSED,
    RESOURCE_USED,
)
from discussions.resources.access import require_describe, require_rate
from discussions.resources.canonical import canonical_url, key_of, shown_url
from discussions.resources.languages import NAMES
from discussions.resources.models import Level, Link, Rating, Resource, Use
from discussions.resources.ranking import rating_rank
from discussions.resources.tasks import read_link
from discussions.topics.access import require_write_now
from discussions.topics.actions import start_topic
from discussions.topics.locking import lock_topic
from discussions.topics.models import Kind, Topic

MAX_MINUTES = 6_000
MAX_SENTENCE = 300


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


def share_link(
    space: Space,
    *,
    by: User,
    url: str,
    title: str,
    source: str,
    tags: Sequence[str],
    details: Details = Details(),
    key: str = "",
    at: datetime | None = None,
) -> Topic:
    """Share a page as a topic of kind link; without a title, the worker takes the page's own.

    Raises what start_topic() raises, and ValidationError for the fields url and those of details.
    """
    address, checked = canonical_url(url), details.checked()

    def along(topic: Topic) -> None:
        resource = _insert(topic, checked)
        link = Link.objects.create(resource=resource, url=address, key=key_of(address))
        enqueue(read_link, link.pk, label=_("What a shared page says of itself"), owner=by)

    title = title.strip() or shown_url(address)
    return start_topic(
        space,
        by=by,
        kind=Kind.LINK,
        title=title,
        source=source,
        tags=tags,
        key=key,
        at=at,
        along=along,
    )


def _insert(topic: Topic, details: Details) -> Resource:
    return Resource.objects.create(
        topic=topic,
        shared_at=topic.created_at,
        minutes=details.minutes,
        level=details.level,
        language=details.language,
    )


@action
def describe_resource(
    topic: Topic, *, by: User, details: Details, based_on: int, url: str | None = None
) -> Resource:
    """Give the resource of topic other details, and a link another address.

    Raises EditConflict, PermissionDenied unless by edits the text, and ValidationError.
    """
    checked, address = details.checked(), canonical_url(url) if url is not None else None
    resource = _locked(topic, by)
    require_describe(resource.topic, by)
    if resource.version != based_on:
        raise EditConflict(resource)
    resource.minutes, resource.level = checked.minutes, checked.level
    resource.language, resource.version = checked.language, resource.version + 1
    resource.save(update_fields=["minutes", "level", "language", "version"])
    if address is not None:
        _move_link(resource, address, by)
    _record(RESOURCE_DESCRIBED, resource, by)
    return resource


def _move_link(resource: Resource, address: str, by: User) -> None:
    link = Link.objects.select_for_update().get(resource=resource)
    if link.url == address:
        return
    link.url, link.key, link.picture = address, key_of(address), None
    link.page_title = link.description = ""
    link.read_at = link.checked_at = link.broken_since = None
    link.failures = 0
    link.save()
    enqueue(read_link, link.pk, label=_("What a shared page says of itself"), owner=by)


@action
def use_resource(topic: Topic, *, by: User) -> None:
    """Say that one used it; once."""
    resource = _locked(topic, by)
    _use, created = Use.objects.get_or_create(resource=resource, person=by)
    if created:
        _count_uses(resource)
        _record(RESOURCE_USED, resource, by)


@action
def unuse_resource(topic: Topic, *, by: User) -> None:
    """Take it back; nothing happens where there is nothing to take back."""
    resource = _locked(topic, by)
    deleted, _rows = Use.objects.filter(resource=resource, person=by).delete()
    if deleted:
        _count_uses(resource)
        _record(RESOURCE_UNUSED, resource, by)


def _count_uses(resource: Resource) -> None:
    resource.used_count = Use.objects.filter(resource=resource).count()
    resource.save(update_fields=["used_count"])


@action
def rate_resource(
    topic: Topic, *, by: User, stars: int, sentence: str = "", at: datetime | None = None
) -> Rating:
    """Rate what somebody else shared; a second rating replaces the first.

    Raises PermissionDenied for one's own, ValidationError for the fields stars and sentence.
    """
    sentence = clean_name(sentence)
    if not 1 <= stars <= 5:
        raise ValidationError({"stars": _("Give it 1 to 5 stars.")})
    if len(sentence) > MAX_SENTENCE:
        limit = {"limit": MAX_SENTENCE, "length": len(sentence)}
        raise ValidationError(
            {"sentence": _("Use at most %(limit)s characters; these are %(length)s.") % limit}
        )
    resource = _locked(topic, by)
    require_rate(resource.topic, by)
    said = {"stars": stars, "sentence": sentence, "at": at or timezone.now()}
    rating, _created = Rating.objects.update_or_create(resource=resource, person=by, defaults=said)
    _sum_ratings(resource)
    _record(RESOURCE_RATED, resource, by, stars=stars)
    return rating


@action
def unrate_resource(topic: Topic, *, by: User) -> None:
    """Take one's rating back; nothing happens where there is none."""
    resource = _locked(topic, by)
    deleted, _rows = Rating.objects.filter(resource=resource, person=by).delete()
    if deleted:
        _sum_ratings(resource)
        _record(RESOURCE_UNRATED, resource, by)


def _sum_ratings(resource: Resource) -> None:
    stars = list(Rating.objects.filter(resource=resource).values_list("stars", flat=True))
    resource.rating_count, resource.rating_sum = len(stars), sum(stars)
    resource.rank = rating_rank(sum(stars), len(stars))
    resource.save(update_fields=["rating_count", "rating_sum", "rank"])


def _locked(topic: Topic, by: User) -> Resource:
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


def _record(name: str, resource: Resource, by: User, **data: Any) -> None:
    topic = resource.topic
    record(name, actor=by, obj=resource, subject=topic.author, topic=topic, **data)
