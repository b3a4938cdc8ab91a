"""Writes people, spaces and threads in bulk, past the actions: no events, no checks, then rebuilds.

For measuring only; what is stored is what the actions would have stored.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from random import Random

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Count, OuterRef, Subquery

from community.accounts.models import User
from community.sessions.store import SessionStore
from community.spaces.models import Membership, Space
from community.text.markdown import RENDER_VERSION, Rendered, render
from community.text.slugs import slugify
from discussions.answers.rebuilds import rebuild_contributions
from discussions.tags.models import Tag
from discussions.topics.models import Kind, Post, Revision, Topic, TopicTag
from discussions.topics.ranking import answer_worth
from discussions.topics.rebuilds import rebuild_tag_counts, rebuild_topic_counters

BATCH_THREADS = 200
SPACES_OF_A_PERSON = 5


@dataclass(frozen=True)
class Draft:
    author: User
    at: datetime
    source: str
    up: int = 0


@dataclass(frozen=True)
class Thread:
    """A topic to store; its first draft is the opening post."""

    space: Space
    kind: Kind
    title: str
    tags: Sequence[Tag]
    drafts: Sequence[Draft]


def make_people(names: Sequence[str]) -> list[User]:
    nobody_signs_in = make_password(None)
    people = [
        User(name=name, handle=name, email=f"{name}@example.test", password=nobody_signs_in)
        for name in names
    ]
    User.objects.bulk_create(people)
    return people


def make_spaces(described: Sequence[tuple[str, str]]) -> list[Space]:
    """Open spaces from names and descriptions."""
    return Space.objects.bulk_create(
        Space(slug=slugify(name), name=name, description=text, hue=place % 12 + 1)
        for place, (name, text) in enumerate(described)
    )


def make_tags(names: Sequence[str]) -> list[Tag]:
    return Tag.objects.bulk_create(Tag(name=name) for name in names)


def join_spaces(people: Sequence[User], spaces: Sequence[Space], rng: Random) -> None:
    """Make everybody a member of five spaces."""
    count = min(SPACES_OF_A_PERSON, len(spaces))
    Membership.objects.bulk_create(
        Membership(space=space, person=person)
        for person in people
        for space in rng.sample(spaces, count)
    )
    members = Membership.objects.filter(space=OuterRef("pk")).values("space")
    Space.objects.update(member_count=Subquery(members.annotate(n=Count("pk")).values("n")))


def store_threads(threads: Iterable[Thread], progress: Callable[[int], None]) -> list[Topic]:
    """Store all; progress is called with the number of topics done."""
    remaining, stored = iter(threads), list[Topic]()
    while batch := list(islice(remaining, BATCH_THREADS)):
        with transaction.atomic():
            stored += _store(batch)
        progress(len(stored))
    return stored


def _store(threads: Sequence[Thread]) -> list[Topic]:
    topics = Topic.objects.bulk_create(_topic(thread) for thread in threads)
    pairs = list(zip(topics, threads, strict=True))
    posts = Post.objects.bulk_create(post for pair in pairs for post in _posts(*pair))
    Revision.objects.bulk_create(_first_revision(post) for post in posts)
    TopicTag.objects.bulk_create(
        TopicTag(topic=topic, tag=tag, place=place)
        for topic, thread in pairs
        for place, tag in enumerate(thread.tags, start=1)
    )
    return topics


def _topic(thread: Thread) -> Topic:
    opening = thread.drafts[0]
    return Topic(
        space=thread.space,
        kind=thread.kind,
        title=thread.title,
        author=opening.author,
        byline=opening.author.name,
        excerpt=_rendered(opening.source).excerpt,
        created_at=opening.at,
        highest_number=len(thread.drafts),
    )


def _posts(topic: Topic, thread: Thread) -> Iterator[Post]:
    following = Post.Kind.ANSWER if thread.kind == Kind.QUESTION else Post.Kind.REPLY
    for number, draft in enumerate(thread.drafts, start=1):
        yield Post(
            topic=topic,
            number=number,
            kind=Post.Kind.OPENING if number == 1 else following,
            author=draft.author,
            byline=draft.author.name,
            source=draft.source,
            html=_rendered(draft.source).html,
            render_version=RENDER_VERSION,
            created_at=draft.at,
            up_imported=draft.up,
            worth=answer_worth(draft.up, 0, accepted=False),
        )


@lru_cache(maxsize=2_000)
def _rendered(source: str) -> Rendered:
    return render(source)


def _first_revision(post: Post) -> Revision:
    return Revision(
        post=post,
        number=1,
        title=post.topic.title if post.number == 1 else "",
        source=post.source,
        by=post.author,
        byline=post.byline,
        at=post.created_at,
    )


def rebuild() -> None:
    """Count again what stands on rows, and let the database look at its tables."""
    for make_again in (rebuild_topic_counters, rebuild_tag_counts, rebuild_contributions):
        make_again(lambda done, total: None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def sign_in(people: Sequence[User]) -> list[str]:
    """Ready session cookies, as name=value."""
    return [f"{settings.SESSION_COOKIE_NAME}={_session_key(person)}" for person in people]


def _session_key(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
