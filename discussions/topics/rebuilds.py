"""What stands on topic, space and tag rows, counted again from the tables."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from django.db.models import Count, QuerySet

from community.outbox.recording import action
from community.spaces.models import Space
from discussions.tags.models import TagCount
from discussions.topics.counters import COUNTED, SHOWN_PARTICIPANTS, heat
from discussions.topics.models import Post, Topic, TopicTag

BATCH_ROWS = 200

_STORED = ["last_poster_id" if name == "last_poster" else name for name in COUNTED]

Progress = Callable[[int, int], None]
"""Called with how many rows are done, and how many there are."""


def batched(ids: Sequence[int]) -> Iterator[list[int]]:
    """Each batch is a transaction of its own, so that nobody waits for a whole space."""
    for start in range(0, len(ids), BATCH_ROWS):
        yield list(ids[start : start + BATCH_ROWS])


def spaces_to_rebuild(space: Space | None) -> QuerySet[Space]:
    every = Space.objects.order_by("pk")
    return every.filter(pk=space.pk) if space else every


def rebuild_topic_counters(progress: Progress, *, space: Space | None = None) -> int:
    """Count again what each topic holds, and the topics of each space; return how many topics.

    Of one space if it is given, else of all.
    """
    spaces = spaces_to_rebuild(space)
    for each in spaces:
        _count_topics(each)
    topics = Topic.objects.filter(space__in=spaces).order_by("pk")
    done, last, total = 0, 0, topics.count()
    while ids := list(topics.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH_ROWS]):
        _recount(ids)
        done, last = done + len(ids), ids[-1]
        progress(done, total)
    return done


@action
def _count_topics(space: Space) -> None:
    # Whoever starts or deletes a topic writes this row too: counted under its lock, none is lost.
    Space.objects.select_for_update().get(pk=space.pk)
    living = Topic.objects.filter(space=space, deleted_at=None).count()
    Space.objects.filter(pk=space.pk).exclude(topic_count=living).update(topic_count=living)


@action
def _recount(ids: list[int]) -> None:
    """Do for many topics what counters.recount() does for one; write only what was wrong."""
    locked = Topic.objects.select_for_update(of=("self",)).select_related("space")
    topics = list(locked.filter(pk__in=ids).order_by("pk"))
    posts = Post.objects.filter(topic__in=ids).defer("source", "html")
    openings = {post.topic_id: post for post in posts.filter(number=1)}
    seen: dict[int, list[Post]] = defaultdict(list)
    for post in posts.in_sight().order_by("topic", "-number"):
        seen[post.topic_id].append(post)
    wrong = [topic for topic in topics if _set_counters(topic, openings[topic.pk], seen[topic.pk])]
    # An upsert of rows that exist: bulk_update() takes ten times as long.
    Topic.objects.bulk_create(
        wrong, update_conflicts=True, unique_fields=["id"], update_fields=COUNTED
    )


def _set_counters(topic: Topic, opening: Post, seen: list[Post]) -> bool:
    """Count seen, the posts in sight with the newest first; tell whether something was wrong."""
    before = _counters(topic)
    kinds = Counter(post.kind for post in seen)
    topic.answer_count, topic.reply_count = kinds[Post.Kind.ANSWER], kinds[Post.Kind.REPLY]
    topic.comment_count = kinds[Post.Kind.COMMENT]
    topic.score = opening.score
    latest = seen or [opening]
    last = latest[0]
    topic.last_number, topic.active_at = last.number, last.created_at
    topic.last_poster_id, topic.last_byline = last.author_id, last.byline
    people = dict.fromkeys(post.author_id for post in latest if post.author_id)
    topic.participant_ids = list(people)[:SHOWN_PARTICIPANTS]
    heat(topic)
    return _counters(topic) != before


def _counters(topic: Topic) -> list[object]:
    return [topic.__dict__[name] for name in _STORED]


def rebuild_tag_counts(progress: Progress, *, space: Space | None = None) -> int:
    """Count again the topics of each tag in each space; return how many counts."""
    spaces = list(spaces_to_rebuild(space))
    counted = 0
    for done, each in enumerate(spaces, start=1):
        for tags in batched(_tags_in(each)):
            _count_tags(each, tags)
            counted += len(tags)
        progress(done, len(spaces))
    return counted


def _tags_in(space: Space) -> list[int]:
    carried = TopicTag.objects.filter(topic__space=space).order_by().values_list("tag", flat=True)
    stored = TagCount.objects.filter(space=space).values_list("tag", flat=True)
    return sorted({*carried.distinct(), *stored})


@action
def _count_tags(space: Space, tags: list[int]) -> None:
    """Lock the rows, then count, as count_tag() does: what is written is never older."""
    counts = TagCount.objects.filter(space=space, tag__in=tags)
    TagCount.objects.bulk_create(
        [TagCount(space=space, tag_id=tag) for tag in tags], ignore_conflicts=True
    )
    locked = list(counts.select_for_update(of=("self",)).order_by("tag"))
    living = TopicTag.objects.filter(topic__space=space, topic__deleted_at=None, tag__in=tags)
    right = dict(living.order_by().values_list("tag").annotate(topics=Count("pk")))
    wrong = [row for row in locked if row.topics != right.get(row.tag_id, 0)]
    for row in wrong:
        row.topics = right.get(row.tag_id, 0)
    TagCount.objects.bulk_update(wrong, ["topics"])
