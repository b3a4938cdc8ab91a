"""Sharing resources, describing, using and rating them."""

from collections.abc import Sequence
from datetime import datetime

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
from discussions.resources.access import require_rate
from discussions.resources.canonical import canonical_url, key_of, shown_url
from discussions.resources.embeds import embed_of
from discussions.resources.keeping import (
    NO_DETAILS,
    Details,
    about,
    insert_resource,
    lock_resource,
)
from discussions.resources.models import Link, Rating, Resource, Use
from discussions.resources.ranking import rating_rank
from discussions.resources.tasks import read_link
from discussions.topics.access import require_edit_topic
from discussions.topics.actions import start_topic
from discussions.topics.models import Kind, Topic

MAX_SENTENCE = 300


def share_link(
    space: Space,
    *,
    by: User,
    url: str,
    title: str,
    source: str,
    tags: Sequence[str],
    details: Details = NO_DETAILS,
    key: str = "",
    at: datetime | None = None,
) -> Topic:
    """Share a page as a topic of kind link, or video where it can be played here.

    Without a title, the worker takes the page's own.

    Raises what start_topic() raises, and ValidationError for the fields url and those of details.
    """
    address, checked = canonical_url(url), details.checked()

    def along(topic: Topic) -> None:
        resource = insert_resource(topic, checked)
        link = Link.objects.create(resource=resource, url=address, key=key_of(address))
        enqueue(read_link, link.pk, label=_("What a shared page says of itself"), owner=by)

    title = title.strip() or shown_url(address)
    return start_topic(
        space,
        by=by,
        kind=Kind.VIDEO if embed_of(address) else Kind.LINK,
        title=title,
        source=source,
        tags=tags,
        key=key,
        at=at,
        along=along,
    )


@action
def describe_resource(
    topic: Topic, *, by: User, details: Details, based_on: int, url: str | None = None
) -> Resource:
    """Give the resource of topic other details, and a link another address.

    Raises EditConflict, PermissionDenied unless by edits the text, and ValidationError.
    """
    checked, address = details.checked(), canonical_url(url) if url is not None else None
    resource = lock_resource(topic, by)
    require_edit_topic(resource.topic, by)
    if resource.version != based_on:
        raise EditConflict(resource)
    resource.minutes, resource.level = checked.minutes, checked.level
    resource.language, resource.version = checked.language, resource.version + 1
    resource.save(update_fields=["minutes", "level", "language", "version"])
    if address is not None:
        _move_link(resource, address, by)
    record(RESOURCE_DESCRIBED, **about(resource, by))
    return resource


def _move_link(resource: Resource, address: str, by: User) -> None:
    link = Link.objects.select_for_update().get(resource=resource)
    if link.url == address:
        return
    link.url, link.key, link.picture = address, key_of(address), None
    link.page_title = link.description = link.own_key = ""
    link.read_at = link.checked_at = link.broken_since = None
    link.failures = 0
    link.save()
    enqueue(read_link, link.pk, label=_("What a shared page says of itself"), owner=by)


@action
def use_resource(topic: Topic, *, by: User) -> None:
    """Say that one used it; once."""
    resource = lock_resource(topic, by)
    _use, created = Use.objects.get_or_create(resource=resource, person=by)
    if created:
        _count_uses(resource)
        record(RESOURCE_USED, **about(resource, by))


@action
def unuse_resource(topic: Topic, *, by: User) -> None:
    """Take it back; nothing happens where there is nothing to take back."""
    resource = lock_resource(topic, by)
    deleted, _rows = Use.objects.filter(resource=resource, person=by).delete()
    if deleted:
        _count_uses(resource)
        record(RESOURCE_UNUSED, **about(resource, by))


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
    resource = lock_resource(topic, by)
    require_rate(resource.topic, by)
    said = {"stars": stars, "sentence": sentence, "at": at or timezone.now()}
    rating, _created = Rating.objects.update_or_create(resource=resource, person=by, defaults=said)
    _sum_ratings(resource)
    record(RESOURCE_RATED, **about(resource, by), stars=stars)
    return rating


@action
def unrate_resource(topic: Topic, *, by: User) -> None:
    """Take one's rating back; nothing happens where there is none."""
    resource = lock_resource(topic, by)
    deleted, _rows = Rating.objects.filter(resource=resource, person=by).delete()
    if deleted:
        _sum_ratings(resource)
        record(RESOURCE_UNRATED, **about(resource, by))


def _sum_ratings(resource: Resource) -> None:
    stars = list(Rating.objects.filter(resource=resource).values_list("stars", flat=True))
    resource.rating_count, resource.rating_sum = len(stars), sum(stars)
    resource.rank = rating_rank(sum(stars), len(stars))
    resource.save(update_fields=["rating_count", "rating_sum", "rank"])
