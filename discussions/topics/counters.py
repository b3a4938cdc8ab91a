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


def recount(topic: Topic) -> None:
    """Write the row's counters from its living posts; topic must be locked."""
    kinds = Post.Kind
    living = topic.posts.filter(deleted_at=None)
    opening = topic.posts.get(number=1)
    # A comment on a deleted answer is out of sight with it.
    seen = living.filter(Q(parent=None) | Q(parent__deleted_at=None) | ~Q(kind=kinds.COMMENT))
    counts = seen.aggregate(
        answers=Count("pk", filter=Q(kind=kinds.ANSWER)),
        replies=Count("pk", filter=Q(kind=kinds.REPLY)),
        comments=Count("pk", filter=Q(kind=kinds.COMMENT)),
    )
    topic.answer_count, topic.reply_count = counts["answers"], counts["replies"]
    topic.comment_count = counts["comments"]
    topic.score = opening.score
    latest = list(
        seen.order_by("-number").values("number", "author_id", "byline", "created_at")[:40]
    )
    _set_latest(topic, latest or [_as_row(opening)])
    heat(topic)
    topic.save(update_fields=COUNTED)


def _as_row(post: Post) -> dict[str, object]:
    return {
        "number": post.number,
        "author_id": post.author_id,
        "byline": post.byline,
        "created_at": post.created_at,
    }


def _set_latest(topic: Topic, latest: list[dict[str, object]]) -> None:
    last = latest[0]
    topic.last_number = last["number"]  # type: ignore[assignment]
    topic.last_poster_id = last["author_id"]  # type: ignore[assignment]
    topic.last_byline = last["byline"]  # type: ignore[assignment]
    topic.active_at = last["created_at"]  # type: ignore[assignment]
    people = [row["author_id"] for row in latest if row["author_id"]]
    topic.participant_ids = list(dict.fromkeys(people))[:4]


def heat(topic: Topic) -> None:
    """Set the stored rank of "Popular"; the space's count stands on its row."""
    points = topic.score + topic.answer_count + topic.reply_count
    topic.hot = topic_heat(points, space_activity=topic.space.topic_count, at=topic.created_at)
