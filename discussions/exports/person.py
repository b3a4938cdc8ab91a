"""What somebody contributed, for them to keep."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from community.accounts.models import User
from community.files.models import File
from discussions.exports.archive import Archive, Progress
from discussions.exports.files import name_of, write_file
from discussions.exports.records import (
    chunks,
    each_row,
    person_record,
    post_heading,
    post_record,
    written,
)
from discussions.reactions.models import Vote
from discussions.topics.models import Post, Topic


def write_person(archive: Archive, person: User, progress: Progress) -> None:
    """Their own words wherever they stand; what others wrote, a title too, only if they read it."""
    own = {
        "email": person.email,
        "locale": person.locale,
        "time_zone": person.time_zone,
        "created_at": written(person.created_at),
    }
    archive.write_lines("profile.jsonl", [person_record(person) | own])
    posts = Post.objects.filter(author=person).select_related("author", "parent", "topic")
    visible = Topic.objects.visible_to(person)
    total, done = posts.count(), 0
    archive.write_lines("posts.jsonl", _posts(posts, visible))
    for chunk in chunks(posts):
        titles = _titles(visible, chunk)
        for post in chunk:
            archive.write_text(f"posts/{post.public_id}.md", _markdown(post, titles))
        done += len(chunk)
        progress(done, total)
    for name, records in import_string(settings.PERSON_ARCHIVE).items():
        archive.write_lines(name, records(person))
    archive.write_lines("votes.jsonl", map(_vote_record, each_row(_votes(person))))
    sent = File.objects.filter(owner=person)
    archive.write_lines("files.jsonl", map(_file_record, each_row(sent)))
    for file in each_row(sent):
        write_file(archive, file)


def _posts(posts: Any, visible: Any) -> Iterator[dict[str, Any]]:
    for chunk in chunks(posts):
        titles = _titles(visible, chunk)
        for post in chunk:
            title = titles.get(post.topic_id)
            record = post_record(post) | {"deleted_at": written(post.deleted_at)}
            if title is None:
                # Others' places and words: a space that the person has left, perhaps.
                record |= {"topic": None, "parent": None}
            yield record | {"title": title}


def _titles(visible: Any, posts: list[Post]) -> dict[int, str]:
    found = visible.filter(pk__in={post.topic_id for post in posts})
    return dict(found.values_list("pk", "title"))


def _markdown(post: Post, titles: dict[int, str]) -> str:
    title = titles.get(post.topic_id)
    heading = [f"# {title}"] if title else []
    return "\n\n".join([*heading, post_heading(post), post.source]) + "\n"


def _votes(person: User) -> Any:
    readable = Post.objects.visible_to(person)
    return Vote.objects.filter(person=person, post__in=readable).select_related("post")


def _vote_record(vote: Vote) -> dict[str, Any]:
    return {"post": vote.post.public_id, "value": vote.value, "at": written(vote.at)}


def _file_record(file: File) -> dict[str, Any]:
    at = written(file.created_at)
    return {"name": file.name, "size": file.size, "at": at, "stands_at": name_of(file)}
