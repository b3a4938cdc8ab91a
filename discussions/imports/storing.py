"""Writing a batch of threads: one transaction, in which the Origin rows say that it is here."""

from collections.abc import Iterator, Sequence

from community.outbox.recording import action
from discussions.answers.models import Acceptance
from discussions.imports.origins import Source
from discussions.imports.posts import Item
from discussions.imports.tags import tag_keys
from discussions.imports.threads import Thread
from discussions.topics.models import Closure, Origin, Post, Revision, Topic, TopicTag


@action
def store(threads: Sequence[Thread], source: Source) -> None:
    _number_posts(threads)
    Topic.objects.bulk_create(thread.topic for thread in threads if not thread.here)
    _store_posts([item for thread in threads for item in thread.items])
    TopicTag.objects.bulk_create(_topic_tags(threads))
    Closure.objects.bulk_create(thread.closure for thread in threads if thread.closure)
    Acceptance.objects.bulk_create(thread.acceptance for thread in threads if thread.acceptance)
    Origin.objects.bulk_create(_origins(threads, source))


def _number_posts(threads: Sequence[Thread]) -> None:
    """Give the posts their numbers; topics that are here already are locked and go on counting.

    A repeat after a deadlock meets threads that have their numbers, so it begins where the rows
    end. Ids from the first try stay: the database gives none of them to anybody else.
    """
    here = [thread.here for thread in threads if thread.here]
    locked = Topic.objects.order_by("pk").select_for_update().in_bulk(here)
    for thread in threads:
        if thread.here:
            thread.topic = locked[thread.here]
        topic = thread.topic
        last = topic.highest_number if thread.here else 0
        for number, item in enumerate(thread.items, start=last + 1):
            item.post.topic, item.post.number = topic, number
        topic.highest_number = last + len(thread.items)
        if thread.acceptance and topic.solved_at is None:
            topic.solved_at = thread.acceptance.at
        if thread.here:
            topic.save(update_fields=["highest_number", "solved_at"])


def _store_posts(items: Sequence[Item]) -> None:
    Post.objects.bulk_create(item.post for item in items if item.parent is None)
    comments = [item for item in items if item.parent is not None]
    for item in comments:
        item.post.parent_id = item.parent.pk if isinstance(item.parent, Post) else item.parent
    Post.objects.bulk_create(item.post for item in comments)
    Revision.objects.bulk_create(revision for item in items for revision in item.revisions)


def _topic_tags(threads: Sequence[Thread]) -> Iterator[TopicTag]:
    keys = tag_keys(name for thread in threads for name in thread.tag_names)
    for thread in threads:
        known = [keys[name] for name in thread.tag_names if name in keys]
        for place, tag_id in enumerate(known, start=1):
            yield TopicTag(topic=thread.topic, tag_id=tag_id, place=place)


def _origins(threads: Sequence[Thread], source: Source) -> Iterator[Origin]:
    for thread in threads:
        for item in thread.items:
            row = item.row
            yield source.origin(
                item.kind,
                row["id"],
                item.post.pk,
                url=_comment_url(item, source),
                author=row["owner"],
                licence=row["licence"],
            )


def _comment_url(item: Item, source: Source) -> str:
    if item.kind != "comment":
        return ""
    post_kind = "question" if item.row["post_kind"] == 1 else "answer"
    return source.comment_url(item.row["id"], post_kind, item.row["post"])
