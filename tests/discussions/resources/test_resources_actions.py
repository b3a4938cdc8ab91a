"""Sharing, describing, using and rating: what is stored, who may, and what is counted."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import User
from community.http.conflicts import EditConflict
from community.jobs.models import BackgroundJob
from community.outbox.models import Event
from community.spaces.membership import leave_space
from community.spaces.models import Space
from discussions.resources.actions import (
    describe_resource,
    rate_resource,
    unrate_resource,
    unuse_resource,
    use_resource,
)
from discussions.resources.keeping import Details
from discussions.resources.models import Link, Rating, Resource, Use
from discussions.resources.queries import already_shared, broken_of
from discussions.topics.models import Kind, Topic
from tests.factories.community import add_member
from tests.factories.discussions import make_link, make_topic

pytestmark = pytest.mark.slow


@pytest.fixture
def link(space: Space, ada: User) -> Topic:
    return make_link(space, by=ada, url="https://example.org/tunnels")


def counts(topic: Topic) -> tuple[int, int, int]:
    row = Resource.objects.get(topic=topic)
    return row.used_count, row.rating_count, row.rating_sum


def test_link_is_a_topic_with_its_row_and_a_job_that_asks_the_page(space: Space, ada: User) -> None:
    details = Details(minutes=12, level="expert", language="de")
    topic = make_link(space, by=ada, url="https://example.org/a?utm_source=x", details=details)
    resource = topic.resource
    assert (topic.kind, resource.shared_at) == (Kind.LINK, topic.created_at)
    assert (resource.minutes, resource.level, resource.language) == (12, "expert", "de")
    assert resource.link.url == "https://example.org/a"
    job = BackgroundJob.objects.get()
    assert (job.task, job.args) == (
        "discussions.resources.tasks.read_link",
        [resource.link.pk],
    )


def test_link_without_a_title_has_its_address_for_one(space: Space, ada: User) -> None:
    topic = make_link(space, by=ada, title=" ", url="https://www.example.org/guide")
    assert topic.title == "example.org/guide"


def test_repeat_with_the_same_key_shares_once(space: Space, ada: User) -> None:
    first = make_link(space, by=ada, key="k")
    assert make_link(space, by=ada, key="k") == first
    assert Link.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"url": "nonsense"}, "url"),
        ({"source": ""}, "source"),
        ({"tags": []}, "tags"),
        ({"details": Details(minutes=0)}, "minutes"),
        ({"details": Details(minutes=6_001)}, "minutes"),
        ({"details": Details(level="genius")}, "level"),
        ({"details": Details(language="xx")}, "language"),
    ],
)
def test_fault_is_named_at_its_field_and_nothing_is_stored(
    space: Space, ada: User, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        make_link(space, by=ada, **fields)
    assert list(refused.value.message_dict) == [field]
    assert not Topic.objects.exists()


def test_stranger_does_nothing_with_what_they_cannot_read(
    closed: Space, ada: User, zed: User
) -> None:
    topic = make_link(closed, by=ada)
    assert not closed.memberships.filter(person=zed).exists()
    with pytest.raises(PermissionDenied):
        make_link(closed, by=zed)
    for write in (use_resource, unuse_resource, unrate_resource):
        with pytest.raises(PermissionDenied):
            write(topic, by=zed)
    with pytest.raises(PermissionDenied):
        rate_resource(topic, by=zed, stars=1)
    with pytest.raises(PermissionDenied):
        describe_resource(topic, by=zed, details=Details(), based_on=1)
    assert counts(topic) == (0, 0, 0)


def test_use_counts_once_a_person_and_can_be_taken_back(link: Topic, ada: User, ben: User) -> None:
    for person in (ada, ben, ben):
        use_resource(link, by=person)
    assert counts(link)[0] == Use.objects.count() == 2
    unuse_resource(link, by=ben)
    unuse_resource(link, by=ben)
    assert counts(link)[0] == 1
    events = Event.objects.filter(name__startswith="resource.").order_by("pk")
    assert [event.name for event in events] == ["resource.used"] * 2 + ["resource.unused"]


def test_second_rating_replaces_the_first(link: Topic, ben: User, mia: User) -> None:
    rate_resource(link, by=ben, stars=1, sentence="Too long.")
    rate_resource(link, by=ben, stars=4, sentence=" Good  after all. ")
    rate_resource(link, by=mia, stars=5)
    assert counts(link) == (0, 2, 9)
    assert Rating.objects.get(person=ben).sentence == "Good after all."
    assert Resource.objects.get(topic=link).rank == pytest.approx((3 * 3.5 + 9) / 5)
    unrate_resource(link, by=ben)
    assert counts(link) == (0, 1, 5)


def test_own_is_not_rated(link: Topic, ada: User) -> None:
    with pytest.raises(PermissionDenied, match="others rate"):
        rate_resource(link, by=ada, stars=5)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"stars": 0}, "stars"), ({"stars": 6}, "stars"), ({"sentence": "x" * 301}, "sentence")],
)
def test_rating_beyond_a_limit_is_refused(
    link: Topic, ben: User, fields: dict[str, Any], field: str
) -> None:
    rate_resource(link, by=ben, stars=5, sentence="x" * 300)
    with pytest.raises(ValidationError) as refused:
        rate_resource(link, by=ben, **{"stars": 3} | fields)
    assert list(refused.value.message_dict) == [field]
    assert counts(link) == (0, 1, 5)


def test_author_and_moderators_describe_and_nobody_else(
    link: Topic, ada: User, ben: User, mia: User
) -> None:
    describe_resource(link, by=ada, details=Details(minutes=5), based_on=1)
    describe_resource(link, by=mia, details=Details(minutes=6), based_on=2)
    with pytest.raises(PermissionDenied):
        describe_resource(link, by=ben, details=Details(minutes=7), based_on=3)
    assert Resource.objects.get(topic=link).minutes == 6


def test_edit_of_older_details_is_a_conflict(link: Topic, ada: User) -> None:
    describe_resource(link, by=ada, details=Details(minutes=5), based_on=1)
    with pytest.raises(EditConflict):
        describe_resource(link, by=ada, details=Details(minutes=6), based_on=1)


def test_link_that_moves_forgets_what_its_page_said(link: Topic, ada: User) -> None:
    Link.objects.update(page_title="Old", failures=3)
    describe_resource(
        link, by=ada, details=Details(), based_on=1, url="https://example.org/new?gclid=1"
    )
    moved = Link.objects.get()
    assert (moved.url, moved.page_title, moved.failures) == ("https://example.org/new", "", 0)
    assert BackgroundJob.objects.count() == 2


def test_article_has_a_row_once_the_worker_has_been_there(
    space: Space, ada: User, handle_events: Any
) -> None:
    article = make_topic(space, by=ada, kind=Kind.ARTICLE)
    make_topic(space, by=ada, kind=Kind.QUESTION)
    handle_events()
    assert Resource.objects.get().topic == article


def test_article_can_be_used_before(space: Space, ada: User) -> None:
    article = make_topic(space, by=ada, kind=Kind.ARTICLE)
    use_resource(article, by=ada)
    assert counts(article) == (1, 0, 0)


def test_already_shared_tells_only_what_the_viewer_may_read(
    space: Space, closed: Space, ada: User, zed: User
) -> None:
    hidden = make_link(closed, by=ada, url="https://example.org/x")
    assert [row.topic for row in already_shared("http://example.org/x/", ada)] == [hidden]
    assert already_shared("http://example.org/x/", zed) == []
    add_member(closed, zed, actor=None)
    assert [row.topic for row in already_shared("http://example.org/x/", zed)] == [hidden]
    leave_space(closed, by=zed)
    assert already_shared("http://example.org/x/", zed) == []


def test_broken_links_are_told_to_their_author(link: Topic, ada: User, ben: User) -> None:
    assert broken_of(ada) == []
    Link.objects.update(broken_since=link.created_at)
    assert [row.topic for row in broken_of(ada)] == [link]
    assert broken_of(ben) == []
