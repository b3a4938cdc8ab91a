"""What pages read of resources."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat

from community.accounts.models import User
from community.http.idempotency import is_repeat
from discussions.resources.access import can_rate, resource_of
from discussions.resources.canonical import canonical_url, key_of
from discussions.resources.embeds import Embed, embed_of
from discussions.resources.languages import NAMES
from discussions.resources.models import Captions, Link, Rating, Resource, Use, Version
from discussions.topics.access import can_edit_topic
from discussions.topics.models import RESOURCE_KINDS, Kind, Topic

RATINGS = 5
KNOWN = 3
NEWEST = ("-shared_at", "-pk")


@dataclass(frozen=True)
class Files:
    """What belongs to a shared file or an uploaded video; newest is the version that counts."""

    newest: Version | None = None
    captions: Sequence[tuple[str, str]] = ()

    @property
    def facts(self) -> str:
        """ "PDF, 1.2 MB"."""
        if self.newest is None:
            return ""
        file = self.newest.file
        ending = file.name.rpartition(".")[2].upper() if "." in file.name else ""
        return ", ".join(filter(None, [ending[:8], filesizeformat(file.size)]))


@dataclass(frozen=True)
class Shown:
    """A resource as its topic's page shows it to one viewer; mine is the viewer's own rating."""

    resource: Resource
    is_used: bool
    mine: Rating | None
    ratings: Sequence[Rating]
    can_rate: bool
    can_describe: bool
    files: Files = Files()

    @property
    def embed(self) -> Embed | None:
        """The player of another site, for a link to a video there."""
        link = getattr(self.resource, "link", None)
        return embed_of(link.url) if link else None

    @property
    def language(self) -> str:
        return NAMES.get(self.resource.language, "")


def files_of(resource: Resource) -> Files:
    """One query for a file, two for a video, none for other resources."""
    kind = resource.topic.kind
    if kind not in (Kind.FILE, Kind.VIDEO):
        return Files()
    versions = Version.objects.filter(resource=resource).select_related("file", "by")
    captions = Captions.objects.filter(resource=resource) if kind == Kind.VIDEO else ()
    return Files(
        versions.order_by("-number").first(),
        sorted((one.language, NAMES.get(one.language, one.language)) for one in captions),
    )


def all_versions(resource: Resource) -> QuerySet[Version]:
    """Of a resource that access gave."""
    return Version.objects.filter(resource=resource).select_related("file", "by")


def captions_in(resource: Resource, language: str) -> Captions:
    """Of a resource that access gave. Raises Captions.DoesNotExist."""
    return Captions.objects.get(resource=resource, language=language)


def shown_resource(topic: Topic, viewer: User) -> Shown | None:
    """None for topics that are no resources; else three queries, and those of files_of()."""
    if topic.kind not in RESOURCE_KINDS:
        return None
    resource = resource_of(topic)
    if resource._state.adding:
        return Shown(resource, False, None, [], *_allowed(topic, viewer))
    ratings = Rating.objects.filter(resource=resource).select_related("person")
    latest = list(ratings.order_by("-at", "-pk")[: RATINGS + 1])
    mine = next((one for one in latest if one.person_id == viewer.pk), None)
    if mine is None and len(latest) > RATINGS:
        mine = rating_of(resource, viewer)
    return Shown(
        resource,
        Use.objects.filter(resource=resource, person=viewer).exists(),
        mine,
        [one for one in latest if one.sentence and one != mine][:RATINGS],
        *_allowed(topic, viewer),
        files_of(resource),
    )


def _allowed(topic: Topic, viewer: User) -> tuple[bool, bool]:
    return can_rate(topic, viewer), can_edit_topic(topic, viewer)


def rating_of(resource: Resource, person: User) -> Rating | None:
    """What person said of a resource that access gave."""
    if resource._state.adding:
        return None
    return Rating.objects.filter(resource=resource, person=person).first()


def ratings_of(resource: Resource) -> QuerySet[Rating]:
    """Of a resource that access gave."""
    return Rating.objects.filter(resource=resource.pk).select_related("person")


def resources_at(url: str, viewer: User) -> QuerySet[Resource]:
    """The resources with that address that viewer may read. Raises ValidationError for url."""
    return _sharing({key_of(canonical_url(url))}, viewer)


def already_shared(url: str, viewer: User, *, key: str = "") -> list[Resource]:
    """The newest of resources_at(); none for who sends the same again, under the same key."""
    if is_repeat(key, by=viewer):
        return []
    return list(resources_at(url, viewer).order_by(*NEWEST)[:KNOWN])


def also_shared(resource: Resource, viewer: User) -> list[Resource]:
    """The newest others that share the page of a link and that viewer may read; one query."""
    link: Link | None = getattr(resource, "link", None)
    if link is None:
        return []
    others = _sharing({link.key, link.own_key} - {""}, viewer).exclude(pk=link.resource_id)
    return list(others.order_by(*NEWEST)[:KNOWN])


def _sharing(keys: set[str], viewer: User) -> QuerySet[Resource]:
    """By the key of the address that was shared, or of the one that its page gives itself."""
    same = Q(link__key__in=keys) | Q(link__own_key__in=keys)
    return Resource.objects.visible_to(viewer).filter(same).select_related("topic__space")


def all_broken_of(viewer: User) -> QuerySet[Resource]:
    """What viewer shared and whose page is gone, with its topic."""
    shared = Resource.objects.visible_to(viewer).filter(topic__author=viewer)
    return shared.filter(link__broken_since__isnull=False).select_related("topic")


def broken_of(viewer: User, limit: int = 5) -> list[Resource]:
    """The latest of them."""
    return list(all_broken_of(viewer).order_by("-link__broken_since", "-pk")[:limit])
