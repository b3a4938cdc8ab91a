"""The counters, excerpt and latest poster that stand on the topic row."""

from django.db.models import Count, Q

from discussions.topics.models import Post, Topic
from discussions.topics.ranking import topic_heat

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
    latest = list(seen.order_by("-number").only(*LATEST)[:40])
    _set_latest(topic, latest or [opening])
    heat(topic)
    topic.save(update_fields=COUNTED)


def _set_latest(topic: Topic, latest: list[Post]) -> None:
    last = latest[0]
    topic.last_number = last.number
    topic.last_poster_id, topic.last_byline = last.author_id, last.byline
    topic.active_at = last.created_at
    people = [post.author_id for post in latest if post.author_id]
    topic.participant_ids = list(dict.fromkeys(people))[:4]


def heat(topic: Topic) -> None:
    """Set the stored rank of "Popular"; the space's count stands on its row."""
    points = topic.score + topic.answer_count + topic.reply_count
    topic.hot = topic_heat(points, space_activity=topic.space.topic_count, at=topic.created_at)
