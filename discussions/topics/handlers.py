"""What follows an event on topics: counts per tag, and texts that name what changed."""

import logging
from typing import Any

from django.db.models import Q

from community.outbox.fanout import start_fanout
from community.outbox.models import Event
from community.text.errors import TextRefused
from community.text.markdown import RENDER_VERSION, render_post
from discussions.events import POST_EDITED
from discussions.tags.models import Tag, TagCount
from discussions.topics.models import Post, Topic, TopicTag
from discussions.topics.texts import remember_references

logger = logging.getLogger(__name__)

RERENDER_ROWS = 25


def count_tags(event: Event) -> None:
    """Count again the tags that the topic has or had; an edit may have taken one away."""
    if event.space_id is None:
        return
    names = event.data.get("tags_before", [])
    before = Tag.objects.filter(name__in=names).values_list("pk", flat=True)
    for tag_id in sorted({*event.tag_ids, *before}):
        count_tag(event.space_id, tag_id)


def count_tag(space_id: int, tag_id: int) -> None:
    living = TopicTag.objects.filter(
        tag_id=tag_id, topic__space_id=space_id, topic__deleted_at=None
    )
    TagCount.objects.update_or_create(
        space_id=space_id, tag_id=tag_id, defaults={"topics": living.count()}
    )


def refresh_names_of_person(event: Event) -> None:
    """Texts that name a renamed person by a handle they had, and bylines of what they wrote."""
    if event.subject_id is not None:
        start_fanout("rerender", references="person", keys=event.data.get("handles", []))
        start_fanout("byline", person=event.subject_id)


def refresh_names_of_topic(event: Event) -> None:
    """Texts that show the title of a topic which was renamed, deleted, or brought back."""
    if event.name == POST_EDITED and not event.data.get("title_changed"):
        return
    topic = Topic.objects.filter(pk=event.topic_id or 0).first()
    if topic is not None:
        start_fanout("rerender", references="topic", keys=[topic.public_id])


def refresh_names_of_space(event: Event) -> None:
    """A change of visibility decides whether the titles of its topics may stand elsewhere."""
    if event.space_id is not None and event.data.get("visibility_changed"):
        start_fanout("rerender_space", space=event.space_id)


def rerender_step(data: dict[str, Any], position: int, limit: int) -> tuple[int, int | None]:
    """Render posts again that name one of the keys; a step of the fan-out "rerender"."""
    named = Q(references__kind=data["references"], references__key__in=data["keys"])
    return _rerender(Post.objects.filter(named), position, limit)


def rerender_space_step(data: dict[str, Any], position: int, limit: int) -> tuple[int, int | None]:
    """Render posts again that name a topic of the space; a step of the fan-out "rerender_space"."""
    ids = Topic.objects.filter(space_id=data["space"]).values("public_id")
    named = Q(references__kind="topic", references__key__in=ids)
    return _rerender(Post.objects.filter(named), position, limit)


def _rerender(posts: Any, position: int, limit: int) -> tuple[int, int | None]:
    # A text takes some milliseconds, and SQLite's writers wait for all of a step.
    limit = min(limit, RERENDER_ROWS)
    found = list(
        posts.filter(pk__gt=position).select_related("topic").distinct().order_by("pk")[:limit]
    )
    for post in found:
        rerender(post)
    return len(found), found[-1].pk if len(found) == limit else None


def rerender(post: Post) -> None:
    """Render post again; its excerpt too, which may name the same things."""
    try:
        rendered = render_post(post.source, space_id=post.topic.space_id)
    except TextRefused:
        # An imported text beyond today's limits keeps its HTML; the others must go on.
        logger.warning("post %s can't be rendered again", post.public_id)
        return
    post.html, post.render_version = rendered.html, RENDER_VERSION
    post.save(update_fields=["html", "render_version"])
    remember_references(post, rendered)
    if post.kind == Post.Kind.OPENING:
        Topic.objects.filter(pk=post.topic_id).update(excerpt=rendered.excerpt)


def byline_step(data: dict[str, Any], position: int, limit: int) -> tuple[int, int | None]:
    """Write a person's present name on what they wrote; a step of the fan-out "byline"."""
    posts = Post.objects.filter(author_id=data["person"], pk__gt=position).order_by("pk")
    ids = list(posts.values_list("pk", flat=True)[:limit])
    if ids:
        author = Post.objects.select_related("author").get(pk=ids[0]).author
        name = author.name if author else ""
        Post.objects.filter(pk__in=ids).update(byline=name)
        Topic.objects.filter(posts__in=ids, posts__number=1).update(byline=name)
        Topic.objects.filter(last_poster_id=data["person"], posts__in=ids).update(last_byline=name)
    return len(ids), ids[-1] if len(ids) == limit else None
