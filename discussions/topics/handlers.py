"""What follows an event on topics: counts per tag, and texts that name what changed."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from community.accounts.models import User
from community.attachments.queries import pictures_on
from community.outbox.cursors import BATCH_SECONDS
from community.outbox.fanout import start_fanout
from community.outbox.models import Event, Fanout
from community.outbox.recording import action
from community.spaces.models import Membership
from community.text.errors import TextRefused
from community.text.markdown import RENDER_VERSION
from discussions.events import POST_EDITED
from discussions.tags.models import Tag, TagCount
from discussions.topics.locking import lock_post
from discussions.topics.models import Post, Revision, Topic, TopicTag
from discussions.topics.texts import ATTACHED_TO, remember_references, rendered_again

logger = logging.getLogger(__name__)

# How many posts a step did, and where the next one begins.
Rendering = tuple[int, int | None]
RERENDER_ROWS = 25
BYLINE_ROWS = 50
# A text is rendered so long before its event is recorded, at most: waiting for locks takes time.
LONGEST_WRITE = timedelta(minutes=5)


def count_tags(event: Event) -> None:
    """Count again the tags that the topic has or had; an edit may have taken one away."""
    if event.space_id is None:
        return
    names = event.data.get("tags_before", [])
    # A merge may have let go of some of them.
    there = Tag.objects.filter(Q(name__in=names) | Q(pk__in=event.tag_ids))
    for tag_id in there.order_by("pk").values_list("pk", flat=True):
        count_tag(event.space_id, tag_id)


def count_tag(space_id: int, tag_id: int) -> None:
    # Counted under the row's lock: a rebuild that counted earlier must not write later.
    rows = TagCount.objects.select_for_update()
    row, _created = rows.get_or_create(space_id=space_id, tag_id=tag_id)
    living = TopicTag.objects.filter(
        tag_id=tag_id, topic__space_id=space_id, topic__deleted_at=None
    )
    row.topics = living.count()
    row.save(update_fields=["topics"])


def refresh_names_of_person(event: Event) -> None:
    """Texts that name a renamed person by a handle they had, and bylines of what they wrote."""
    if event.subject_id is not None:
        start_fanout("rerender", references="person", keys=event.data.get("handles", []))
        start_fanout("byline", person=event.subject_id)
        start_fanout("byline-of-versions", person=event.subject_id)


def refresh_names_of_topic(event: Event) -> None:
    """Texts that show the title of a topic which was renamed, deleted, brought back, or moved."""
    if event.name == POST_EDITED and not event.data.get("title_changed"):
        return
    topic = Topic.objects.filter(pk=event.topic_id or 0).first()
    if topic is not None:
        start_fanout("rerender", references="topic", keys=[topic.public_id])


def refresh_names_in_topic(event: Event) -> None:
    """Texts in a topic that moved: what its new readers may see named is something else."""
    if event.topic_id is not None:
        start_fanout("rerender-topic", topic=event.topic_id)


def refresh_names_of_space(event: Event) -> None:
    """Texts that name topics of a space which others may read now, or fewer."""
    if event.space_id is not None:
        start_fanout("rerender-named", space=event.space_id)


def refresh_names_for_guest(event: Event) -> None:
    """Texts in a space that a guest came to or left: with guests among its readers it names less.

    Also where there are others: who came at the same moment may be handled later.
    """
    if event.subject is not None and event.subject.is_guest and event.space_id is not None:
        start_fanout("rerender-space", space=event.space_id)


def refresh_names_of_guest(event: Event) -> None:
    """Texts in the spaces of who became a guest or a colleague, and those that name a new guest."""
    mine = Membership.objects.filter(person=event.subject_id or 0).order_by("space_id")
    for space_id in mine.values_list("space_id", flat=True):
        start_fanout("rerender-space", space=space_id)
    if "handle" in event.data:
        start_fanout("rerender", references="person", keys=[event.data["handle"]])


def refresh_names_in_post(event: Event) -> None:
    """Render what was written once more if it names something that was renamed meanwhile.

    A rename that ended between its rendering and its commit didn't find it. One that ends after
    this reading does.
    """
    lately = Q(done_at=None) | Q(done_at__gte=event.recorded_at - LONGEST_WRITE)
    if not Fanout.objects.filter(lately, kind__startswith="rerender").exists():
        return
    naming = Post.objects.filter(public_id=event.data.get("post", ""), references__isnull=False)
    post = naming.select_related("topic__space").first()
    if post is not None:
        rerender(post)


def rerender_step(data: dict[str, Any], position: int, limit: int) -> Rendering:
    """Render posts again that name one of the keys; a step of the fan-out "rerender"."""
    named = Q(references__kind=data["references"], references__key__in=data["keys"])
    return _rerender(Post.objects.filter(named), position, limit)


def rerender_topic_step(data: dict[str, Any], position: int, limit: int) -> Rendering:
    """Render the posts of a topic again; a step of the fan-out "rerender-topic"."""
    return _rerender(Post.objects.filter(topic=data["topic"]), position, limit)


def rerender_space_step(data: dict[str, Any], position: int, limit: int) -> Rendering:
    """Render posts of a space again that name anything; a step of "rerender-space".

    Which tags they name is noted nowhere.
    """
    naming = Q(references__isnull=False) | Q(source__contains="#")
    return _rerender(Post.objects.filter(naming, topic__space=data["space"]), position, limit)


def rerender_named_step(data: dict[str, Any], position: int, limit: int) -> Rendering:
    """Render posts again that name topics of a space; a step of the fan-out "rerender-named"."""
    named = Topic.objects.filter(space=data["space"]).values("public_id")
    posts = Post.objects.filter(references__kind="topic", references__key__in=named)
    return _rerender(posts, position, limit)


def _rerender(posts: QuerySet[Post], position: int, limit: int) -> Rendering:
    """Stop when SQLite's writers, who wait for all of a step, have waited long enough."""
    until, limit = time.monotonic() + BATCH_SECONDS[connection.vendor], min(limit, RERENDER_ROWS)
    later = posts.filter(pk__gt=position).select_related("topic__space", "author").distinct()
    found = list(later.order_by("pk")[:limit])
    for done, post in enumerate(found, start=1):
        rerender(post)
        if time.monotonic() >= until:
            return done, post.pk
    return len(found), found[-1].pk if len(found) == limit else None


@action
def rerender(post: Post) -> None:
    """Render post again; its excerpt too, which may name the same things."""
    read = post.version
    try:
        rendered = rendered_again(post, pictures_on(ATTACHED_TO, post.pk))
    except TextRefused:
        # An imported text beyond today's limits keeps its HTML; the others must go on.
        logger.warning("post %s can't be rendered again", post.public_id)
        return
    post = lock_post(post)
    if post.version != read:
        return  # an edit came in between: its own text was rendered then
    post.html, post.render_version = rendered.html, RENDER_VERSION
    post.save(update_fields=["html", "render_version"])
    remember_references(post, rendered)
    if post.kind == Post.Kind.OPENING:
        Topic.objects.filter(pk=post.topic_id).update(excerpt=rendered.excerpt)


def byline_step(data: dict[str, Any], position: int, limit: int) -> Rendering:
    """Write a person's present name on what they wrote; a step of the fan-out "byline"."""
    until, done = time.monotonic() + BATCH_SECONDS[connection.vendor], 0
    person = User.objects.filter(pk=data["person"]).first()
    posts = Post.objects.filter(author=person) if person else Post.objects.none()
    ids = posts.order_by("pk").values_list("pk", flat=True)
    while batch := list(ids.filter(pk__gt=position)[:BYLINE_ROWS]):
        _write_byline(person, batch)
        done, position = done + len(batch), batch[-1]
        if done >= limit or time.monotonic() >= until:
            return done, position
    return done, None


def _write_byline(person: User, ids: list[int]) -> None:
    posts = Post.objects.filter(pk__in=ids)
    Topic.objects.filter(posts__in=posts, posts__number=1).update(byline=person.name)
    Topic.objects.filter(last_poster=person, posts__in=posts).update(last_byline=person.name)
    posts.update(byline=person.name)


def version_byline_step(data: dict[str, Any], position: int, limit: int) -> Rendering:
    """Write a person's present name on their versions of posts; a step of "byline-of-versions"."""
    person = User.objects.filter(pk=data["person"]).first()
    versions = Revision.objects.filter(by=person) if person else Revision.objects.none()
    later = versions.filter(pk__gt=position).order_by("pk")
    ids = list(later.values_list("pk", flat=True)[:limit])
    if person:
        Revision.objects.filter(pk__in=ids).update(byline=person.name)
    return len(ids), ids[-1] if len(ids) == limit else None
