"""Who may see and do what with resources. Whoever reads the topic reads what belongs to it."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community.accounts.models import User
from discussions.resources.models import Resource
from discussions.topics.access import get_topic
from discussions.topics.models import RESOURCE_KINDS, Topic


def get_resource(public_id: str, *, viewer: User) -> Resource:
    """Return the resource of a topic that viewer may read, and that is not deleted.

    Raises ObjectDoesNotExist alike for a hidden and a missing one, and for other topics.
    """
    topic = get_topic(public_id, viewer=viewer)
    if topic.kind not in RESOURCE_KINDS or topic.deleted_at is not None:
        raise Resource.DoesNotExist
    return resource_of(topic)


def get_shared_file(public_id: str, *, viewer: User) -> Resource:
    """As get_resource(), for a file or an uploaded video only."""
    resource = get_resource(public_id, viewer=viewer)
    if resource._state.adding or not resource.versions.exists():
        raise Resource.DoesNotExist
    return resource


def resource_of(topic: Topic) -> Resource:
    """The row of a topic that access gave; a new one, not yet stored, where it has none."""
    resource = Resource.objects.select_related("link__picture").filter(topic=topic).first()
    resource = resource or Resource(topic=topic, shared_at=topic.created_at)
    resource.topic = topic
    return resource


def readable_resources(viewer: User) -> QuerySet[Resource]:
    """The resources whose files viewer may read."""
    return Resource.objects.visible_to(viewer).select_related("topic")


def can_rate(topic: Topic, by: User) -> bool:
    return topic.author_id != by.pk


def require_rate(topic: Topic, by: User) -> None:
    if not can_rate(topic, by):
        raise PermissionDenied(_("What you shared yourself, others rate."))
