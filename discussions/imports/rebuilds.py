"""The HTML of all posts, and what they name, rendered again from their sources."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from community.attachments.queries import pictures_on
from community.outbox.recording import action
from community.text.errors import TextRefused
from community.text.markdown import RENDER_VERSION, Rendered
from discussions.imports.texts import render_text
from discussions.topics.models import Origin, Post, Reference, Topic
from discussions.topics.texts import ATTACHED_TO, rendered_again

BATCH_POSTS = 50


@dataclass(frozen=True)
class _Fresh:
    post: Post
    html: str
    excerpt: str
    version: int
    references: tuple[tuple[str, str], ...] = ()


def rebuild_texts(progress: Callable[[int, int], None]) -> int:
    """Render every post; return how many there are.

    In what was imported from elsewhere an @name is somebody of the other site: it stays plain.
    A text that can't be rendered shows as it was typed; one from here that could be, before its
    limits were lowered, stays as it is.
    """
    posts = Post.objects.select_related("topic", "author").order_by("pk")
    done, last, total = 0, 0, posts.count()
    while batch := list(posts.filter(pk__gt=last)[:BATCH_POSTS]):
        _store(list(_rendered(batch)))
        done, last = done + len(batch), batch[-1].pk
        progress(done, total)
    return done


def _rendered(batch: Collection[Post]) -> Iterator[_Fresh]:
    ids = [post.pk for post in batch]
    kinds = ["question", "answer", "comment"]
    foreign = Origin.objects.filter(kind__in=kinds, object_id__in=ids)
    elsewhere = set(foreign.values_list("object_id", flat=True))
    for post in batch:
        fresh = _from_elsewhere(post) if post.pk in elsewhere else _from_here(post)
        if fresh is not None:
            yield fresh


def _from_here(post: Post) -> _Fresh | None:
    pictures = pictures_on(ATTACHED_TO, post.pk) if "/f/" in post.source else {}
    try:
        text = rendered_again(post, pictures)
    except TextRefused:
        return None if post.html else _from_elsewhere(post)
    return _Fresh(post, text.html, text.excerpt, RENDER_VERSION, _named(text))


def _from_elsewhere(post: Post) -> _Fresh:
    text = render_text(post.source)
    return _Fresh(post, text.html, text.excerpt, 0 if text.refused else RENDER_VERSION)


def _named(text: Rendered) -> tuple[tuple[str, str], ...]:
    people = [("person", key) for key in text.mentions]
    return (*people, *(("topic", key) for key in text.topic_ids))


@action
def _store(fresh: list[_Fresh]) -> None:
    """Leave alone what was edited since it was read: its own text was rendered then."""
    topics = Topic.objects.select_for_update().order_by("pk")
    list(topics.filter(pk__in={one.post.topic_id for one in fresh}).values_list("pk"))
    ids = [one.post.pk for one in fresh]
    versions = dict(Post.objects.filter(pk__in=ids).values_list("pk", "version"))
    current = [one for one in fresh if versions.get(one.post.pk) == one.post.version]
    for one in current:
        one.post.html, one.post.render_version = one.html, one.version
        if one.post.kind == Post.Kind.OPENING:
            Topic.objects.filter(pk=one.post.topic_id).update(excerpt=one.excerpt)
    posts = [one.post for one in current]
    # An upsert of rows that exist: bulk_update() takes ten times as long.
    Post.objects.bulk_create(
        posts,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["html", "render_version"],
    )
    Reference.objects.filter(post__in=posts).delete()
    Reference.objects.bulk_create(
        Reference(post=one.post, kind=kind, key=key)
        for one in current
        for kind, key in one.references
    )
