"""The counters, excerpt and latest poster that stand on the topic row."""

from django.db.models import Count, Max, Q

from discussions.topics.models import Post, PostQuerySet, Topic
from discussions.topics.ranking import topic_heat

SHOWN_PARTICIPANTS = 4
COUNTED = [
    "answer_count",
    "reply_count",
    "comment_count",
    "score",
    "hot",
    "active_at",
    "last_poster",
    "last_byline",
    "last_number",
    "participant_ids",
]

# The topic too: else each row asks for the key of the topic that it was found by.
LATEST = ["topic", "number", "author_id", "byline", "created_at"]


def recount(topic: Topic) -> None:
    """Write the row's counters from its posts in sight; topic must be locked."""
    kinds = Post.Kind
    opening = topic.posts.get(number=1)
    seen = topic.posts.in_sight()
    counts = seen.aggregate(
        answers=Count("pk", filter=Q(kind=kinds.ANSWER)),
        replies=Count("pk", filter=Q(kind=kinds.REPLY)),
        comments=Count("pk", filter=Q(kind=kinds.COMMENT)),
    )
    topic.answer_count, topic.reply_count = counts["answers"], counts["replies"]
    topic.comment_count = counts["comments"]
    topic.score = opening.score
    last = seen.order_by("-number").only(*LATEST).first() or opening
    topic.last_number, topic.active_at = last.number, last.created_at
    topic.last_poster_id, topic.last_byline = last.author_id, last.byline
    topic.participant_ids = _wrote_last(seen) or _wrote_last(topic.posts.filter(number=1))
    heat(topic)
    topic.save(update_fields=COUNTED)


def _wrote_last(posts: PostQuerySet) -> list[int]:
    """The four people who wrote last, as _count_in() keeps them."""
    authors = posts.exclude(author=None).order_by().values("author_id")
    latest = authors.annotate(latest=Max("number")).order_by("-latest")
    return list(latest.values_list("author_id", flat=True)[:SHOWN_PARTICIPANTS])


def heat(topic: Topic) -> None:
    """Set the stored rank of "Popular"; the space's count stands on its row."""
    points = topic.score + topic.answer_count + topic.reply_count
    topic.hot = topic_heat(points, space_activity=topic.space.topic_count, at=topic.created_at)
