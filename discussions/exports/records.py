"""Topics, posts and votes as JSON objects and as Markdown; both name people by their handles."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from community.accounts.models import User
from discussions.exports.files import name_of
from discussions.topics.models import Closure, Post, Topic

ROWS = 200


def person_record(person: User) -> dict[str, Any]:
    """What colleagues see of somebody, and nothing that only they see themselves."""
    return {
        "id": person.public_id,
        "handle": person.handle,
        "name": person.name,
        "headline": person.headline,
        "about": person.about,
        "city": person.city,
    }


def topic_record(topic: Topic) -> dict[str, Any]:
    return {
        "id": topic.public_id,
        "kind": topic.kind,
        "title": topic.title,
        "tags": [each.tag.name for each in topic.topic_tags.all()],
        "author": handle_of(topic.author),
        "byline": topic.byline,
        "created_at": written(topic.created_at),
        "solved_at": written(topic.solved_at),
        "closed_at": written(topic.closed_at),
        "closings": [_closing(each) for each in topic.closures.all()],
        "url": topic.get_absolute_url(),
        "link": link_of(topic),
        "resource": _resource(topic),
        "files": files_of(topic),
    }


def _closing(closure: Closure) -> dict[str, Any]:
    return {
        "reason": closure.reason,
        "at": written(closure.at),
        "reopened_at": written(closure.reopened_at),
    }


def _resource(topic: Topic) -> dict[str, Any] | None:
    """What its topic's readers know of something that was shared."""
    resource = getattr(topic, "resource", None)
    if resource is None:
        return None
    return {
        "minutes": resource.minutes,
        "level": resource.level,
        "language": resource.language,
        "used": resource.used_count,
        "ratings": resource.rating_count,
        "average": round(resource.average, 2),
    }


def link_of(topic: Topic) -> str | None:
    """The page elsewhere that a shared link leads to."""
    resource = getattr(topic, "resource", None)
    link = getattr(resource, "link", None)
    return link.url if link else None


def files_of(topic: Topic) -> list[dict[str, Any]]:
    """The versions of what was shared, the first one first, and where they stand in the archive."""
    resource = getattr(topic, "resource", None)
    return [
        {
            "version": version.number,
            "name": version.file.name,
            "note": version.note,
            "at": written(version.at),
            "stands_at": name_of(version.file),
        }
        for version in (resource.versions.all() if resource else ())
    ]


def post_record(post: Post) -> dict[str, Any]:
    """Without the person's votes: how many there are is known, not whose."""
    return {
        "id": post.public_id,
        "topic": post.topic.public_id,
        "number": post.number,
        "kind": post.kind,
        "parent": post.parent.public_id if post.parent else None,
        "author": handle_of(post.author),
        "byline": post.byline,
        "created_at": written(post.created_at),
        "edited_at": written(post.edited_at),
        "accepted_at": written(post.accepted_at),
        "up": post.up_total,
        "down": post.down_total,
        "source": post.source,
    }


def handle_of(person: User | None) -> str | None:
    return person.handle if person else None


def written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def topic_markdown(topic: Topic, posts: Sequence[Post]) -> str:
    """The whole thread to read: title, facts, then post after post."""
    parts = [f"# {topic.title}", facts(topic)]
    parts += [part for post in posts for part in (post_heading(post), post.source)]
    return "\n\n".join(parts) + "\n"


def facts(topic: Topic) -> str:
    tags = " ".join(f"#{each.tag.name}" for each in topic.topic_tags.all())
    written = f"{topic.byline}, {topic.created_at:%Y-%m-%d %H:%M} UTC {tags}".rstrip()
    link = link_of(topic)
    return f"{written}\n\n<{link}>" if link else written


def post_heading(post: Post) -> str:
    solved = ", accepted" if post.accepted_at else ""
    at = f"{post.created_at:%Y-%m-%d %H:%M}"
    return f"---\n\n**{post.number}. {post.get_kind_display()}, {post.byline}, {at} UTC{solved}**"


def file_name(topic: Topic) -> str:
    return f"{topic.public_id}-{topic.slug[:60]}.md"


def chunks(rows: Any) -> Iterator[list[Any]]:
    """The rows of a query set by their keys, some at a time, with their prefetches."""
    last, rows = 0, rows.order_by("pk")
    while chunk := list(rows.filter(pk__gt=last)[:ROWS]):
        yield chunk
        last = chunk[-1].pk


def each_row(rows: Any) -> Iterable[Any]:
    for chunk in chunks(rows):
        yield from chunk
