"""What an owner takes along of a space: what they read there, no more."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.module_loading import import_string

from community.accounts.models import User
from community.attachments.models import Attachment
from community.files.models import File
from community.spaces.models import Space
from discussions.exports.archive import Archive, Progress
from discussions.exports.files import write_file
from discussions.exports.records import (
    chunks,
    each_row,
    file_name,
    handle_of,
    person_record,
    post_record,
    topic_markdown,
    topic_record,
    written,
)
from discussions.resources.models import Captions, Rating, Resource, Version
from discussions.resources.tasks import ATTACHED_TO as ON_RESOURCES
from discussions.topics.models import Closure, Post, Topic
from discussions.topics.texts import ATTACHED_TO as ON_POSTS


def write_space(archive: Archive, space: Space, viewer: User, progress: Progress) -> None:
    topics = Topic.objects.visible_to(viewer).filter(space=space)
    posts = Post.objects.visible_to(viewer).filter(topic__space=space)
    total, done = topics.count(), 0
    archive.write_lines("space.jsonl", [_space_record(space)])
    archive.write_lines("people.jsonl", _people(space, viewer))
    tagged = topics.select_related("author", "resource__link").prefetch_related(
        "topic_tags__tag",
        Prefetch("closures", Closure.objects.order_by("at", "pk")),
        Prefetch("resource__versions", _versions()),
    )
    archive.write_lines("topics.jsonl", map(topic_record, each_row(tagged)))
    whole = posts.select_related("author", "parent", "topic")
    archive.write_lines("posts.jsonl", map(post_record, each_row(whole)))
    shown = Prefetch("posts", posts.order_by("number"), to_attr="shown")
    for chunk in chunks(tagged.prefetch_related(shown)):
        for topic in chunk:
            archive.write_text(f"topics/{file_name(topic)}", topic_markdown(topic, topic.shown))
        done += len(chunk)
        progress(done, total)
    for name, records in import_string(settings.SPACE_ARCHIVE).items():
        archive.write_lines(name, records(space, viewer))
    for file in _files(space, viewer):
        write_file(archive, file)
    for captions in each_row(_captions(space, viewer)):
        name = f"captions/{captions.resource.topic.public_id}.{captions.language}.vtt"
        archive.write_text(name, captions.text)


def _space_record(space: Space) -> dict[str, Any]:
    return {
        "id": space.public_id,
        "slug": space.slug,
        "name": space.name,
        "description": space.description,
        "rules": space.rules_source,
        "visibility": space.visibility,
    }


def _people(space: Space, viewer: User) -> Iterator[dict[str, Any]]:
    """Members with their roles, and everybody else who wrote here."""
    roles = dict(space.memberships.visible_to(viewer).values_list("person_id", "role"))
    posts = Post.objects.visible_to(viewer).filter(topic__space=space)
    wrote = set(posts.order_by().values_list("author_id", flat=True).distinct()) - {None}
    people = User.objects.filter(pk__in=wrote | roles.keys())
    for person in each_row(people):
        yield person_record(person) | {"role": roles.get(person.pk)}


def ratings_in(space: Space, viewer: User) -> Iterator[dict[str, Any]]:
    """Stars and sentences, as the readers of what was shared see them."""
    shared = Resource.objects.visible_to(viewer).filter(topic__space=space)
    rows = Rating.objects.filter(resource__in=shared).select_related("resource__topic", "person")
    for row in each_row(rows):
        yield {
            "topic": row.resource.topic.public_id,
            "by": handle_of(row.person),
            "stars": row.stars,
            "sentence": row.sentence,
            "at": written(row.at),
        }


def _versions() -> QuerySet[Version]:
    return Version.objects.select_related("file").order_by("number")


def _captions(space: Space, viewer: User) -> QuerySet[Captions]:
    shared = Resource.objects.visible_to(viewer).filter(topic__space=space)
    return Captions.objects.filter(resource__in=shared).select_related("resource__topic")


def _files(space: Space, viewer: User) -> Iterator[File]:
    """What hangs on posts, and what was shared with every version of it."""
    posts = Post.objects.visible_to(viewer).filter(topic__space=space).values("pk")
    shared = Resource.objects.visible_to(viewer).filter(topic__space=space).values("pk")
    hung = Attachment.objects.visible_to(viewer).filter(
        Q(kind=ON_POSTS, object_id__in=posts) | Q(kind=ON_RESOURCES, object_id__in=shared)
    )
    yield from each_row(File.objects.filter(pk__in=hung.values("file_id")))
