"""Starting topics: what is stored, who may, the limits, and repeats."""

import threading

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import connection

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.membership import leave_space
from community.spaces.models import Space
from discussions.events import TOPIC_STARTED
from discussions.topics.actions import start_topic
from discussions.topics.models import Kind, Post, Revision, Topic
from tests.factories.community import add_member
from tests.factories.discussions import make_topic


def test_topic_has_opening_post_revision_tags_and_counters(space: Space, ada: User) -> None:
    topic = start_topic(
        space, by=ada, kind=Kind.QUESTION, title="  Why   so? ", source="*x*", tags=["B", "a", "b"]
    )
    topic.refresh_from_db()
    post = topic.posts.get()
    assert (topic.title, topic.byline, topic.highest_number, topic.last_number) == (
        "Why so?",
        "Ada",
        1,
        1,
    )
    assert topic.participant_ids == [ada.pk]
    assert (post.number, post.kind, post.source) == (1, Post.Kind.OPENING, "*x*")
    assert post.html == '<p dir="auto"><em>x</em></p>\n'
    assert [row.tag.name for row in topic.topic_tags.select_related("tag")] == ["b", "a"]
    revision = post.revisions.get()
    assert (revision.title, revision.tag_names, revision.source) == ("Why so?", ["b", "a"], "*x*")
    space.refresh_from_db()
    assert space.topic_count == 1


def test_start_records_one_event_in_the_stream_of_the_space(space: Space, ada: User) -> None:
    topic = make_topic(space, by=ada)
    event = Event.objects.get(name=TOPIC_STARTED)
    assert (event.stream.name, event.topic_id, event.actor_id) == (
        f"space:{space.pk}",
        topic.pk,
        ada.pk,
    )
    assert event.data == {"post": topic.posts.get().public_id}


@pytest.mark.parametrize("place", ["closed", "secret"])
def test_stranger_starts_nothing_where_they_read_nothing(
    request: pytest.FixtureRequest, place: str, zed: User
) -> None:
    space = request.getfixturevalue(place)
    assert not space.memberships.filter(person=zed).exists()
    with pytest.raises(PermissionDenied):
        make_topic(space, by=zed)
    assert not Topic.objects.exists()


def test_only_moderators_announce(space: Space, mia: User, ada: User) -> None:
    with pytest.raises(PermissionDenied):
        make_topic(space, by=ada, kind=Kind.ANNOUNCEMENT)
    assert make_topic(space, by=mia, kind=Kind.ANNOUNCEMENT).kind == Kind.ANNOUNCEMENT


def test_limits_hold_at_the_limit(space: Space, ada: User) -> None:
    topic = make_topic(
        space,
        by=ada,
        title="x" * 200,
        source="y" * 50_000,
        tags=["t" * 35, "b", "c", "d", "e"],
    )
    assert (len(topic.title), len(topic.posts.get().source)) == (200, 50_000)


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"title": "x" * 201}, "title", "at most 200 characters; this has 201"),
        ({"title": " \n "}, "title", "Give the topic a title"),
        ({"title": "\u200b\u202e\u3164"}, "title", "Give the topic a title"),
        ({"source": "y" * 50_001}, "source", "at most 50,000 characters; this has 50,001"),
        ({"source": "  "}, "source", "Write something"),
        ({"source": "a\0b"}, "source", "can't be stored"),
        ({"tags": list("abcdef")}, "tags", "at most 5 tags; these are 6"),
        ({"tags": [" "]}, "tags", "at least one tag"),
        ({"tags": ["t" * 36]}, "tags", "at most 35"),
        ({"tags": ["two/words"]}, "tags", "one word"),
        ({"tags": ["\u3164", "\u202e"]}, "tags", "at least one tag"),
        ({"tags": ["suggest"]}, "tags", "can't be a tag"),
        ({"tags": [".."]}, "tags", "can't be a tag"),
    ],
)
def test_one_above_a_limit_is_refused_at_its_field(
    space: Space, ada: User, fields: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        make_topic(space, by=ada, **fields)
    assert list(refused.value.message_dict) == [field]
    assert words in refused.value.message_dict[field][0]
    assert not Topic.objects.exists()


def test_all_faults_are_named_at_once(space: Space, ada: User) -> None:
    with pytest.raises(ValidationError) as refused:
        make_topic(space, by=ada, title="", source="", tags=[])
    assert sorted(refused.value.message_dict) == ["source", "tags", "title"]


def test_twenty_people_may_be_named_and_no_more(space: Space, ada: User) -> None:
    from tests.factories.community import make_person

    names = [f"@{make_person(f'Crowd {number}').handle}" for number in range(21)]
    make_topic(space, by=ada, source=" ".join(names[:20]))
    with pytest.raises(ValidationError) as refused:
        make_topic(space, by=ada, source=" ".join(names))
    assert refused.value.message_dict == {"source": ["A text names at most 20 people."]}


def test_daily_allowance_holds_at_the_limit(space: Space, ada: User, settings) -> None:  # type: ignore[no-untyped-def]  # pytest-django's fixture
    settings.MAX_POSTS_PER_DAY = 2
    make_topic(space, by=ada)
    make_topic(space, by=ada)
    with pytest.raises(ValidationError, match="2 posts in a day"):
        make_topic(space, by=ada)
    assert Topic.objects.count() == 2


def test_repeat_with_the_same_key_returns_the_first(space: Space, ada: User, ben: User) -> None:
    first = make_topic(space, by=ada, key="k1", title="One")
    again = make_topic(space, by=ada, key="k1", title="Two")
    of_another = make_topic(space, by=ben, key="k1", title="Three")
    assert again.pk == first.pk != of_another.pk
    assert sorted(Topic.objects.values_list("title", flat=True)) == ["One", "Three"]


@pytest.mark.django_db(transaction=True)
def test_five_parallel_repeats_make_one_topic(space: Space, ada: User) -> None:
    found: list[int] = []

    def start() -> None:
        try:
            found.append(make_topic(space, by=ada, key="same", title="Once").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 5
    assert set(found) == {Topic.objects.get().pk}
    assert (Post.objects.count(), Revision.objects.count()) == (1, 1)
    assert Event.objects.filter(name=TOPIC_STARTED).count() == 1


def test_what_cannot_be_seen_stays_in_no_title_and_no_tag(space: Space, ada: User) -> None:
    topic = make_topic(space, by=ada, title="Pay\u202eslip\0", tags=["v\u3164pn", "vpn\u2066"])
    names = [row.tag.name for row in topic.topic_tags.select_related("tag")]
    assert (topic.title, names) == ("Payslip", ["vpn"])


def test_key_used_in_a_space_that_was_left_shows_nothing_of_it(
    space: Space, secret: Space, ada: User
) -> None:
    add_member(secret, ada, actor=None)
    make_topic(secret, by=ada, key="k1")
    leave_space(secret, by=ada)
    assert not Topic.objects.visible_to(ada).exists()

    with pytest.raises(BadRequest, match="sent before"):
        make_topic(space, by=ada, key="k1")
