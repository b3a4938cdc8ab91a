"""Topics and posts for tests, made by the product's own actions."""

from itertools import count
from typing import Any

from community.accounts.models import User
from community.files.models import File
from community.spaces.models import Space
from discussions.answers.actions import post_answer
from discussions.resources.actions import share_link
from discussions.resources.files import share_file
from discussions.topics.actions import post_comment, post_reply, start_topic
from discussions.topics.models import Kind, Post, Topic
from tests.factories.files import make_file

_numbers = count(1)


def make_topic(space: Space, *, by: User, **fields: Any) -> Topic:
    number = next(_numbers)
    fields = {
        "kind": Kind.QUESTION,
        "title": f"How does number {number} work?",
        "source": f"I tried *everything* with number {number}.",
        "tags": ["vpn"],
    } | fields
    return start_topic(space, by=by, **fields)


def make_link(space: Space, *, by: User, **fields: Any) -> Topic:
    number = next(_numbers)
    fields = {
        "url": f"https://example.org/page/{number}",
        "title": f"A page about number {number}",
        "source": "Read the *second* part.",
        "tags": ["vpn"],
    } | fields
    return share_link(space, by=by, **fields)


def make_shared_file(space: Space, *, by: User, file: File | None = None, **fields: Any) -> Topic:
    fields = {"title": "", "source": "Print it.", "tags": ["vpn"]} | fields
    return share_file(space, by=by, file=(file or make_file(by)).public_id, **fields)


def make_answer(topic: Topic, *, by: User, source: str = "Switch it on.", **fields: Any) -> Post:
    return post_answer(topic, by=by, source=source, **fields)


def make_reply(topic: Topic, *, by: User, source: str = "I agree.", **fields: Any) -> Post:
    return post_reply(topic, by=by, source=source, **fields)


def make_comment(post: Post, *, by: User, source: str = "Same here.", **fields: Any) -> Post:
    return post_comment(post, by=by, source=source, **fields)


def opening(topic: Topic) -> Post:
    return topic.posts.get(number=1)
