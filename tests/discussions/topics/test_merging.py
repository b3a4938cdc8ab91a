"""Two tags become one: topics, counts, preferences and names go over."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import User
from community.outbox.fanout import advance_fanout
from community.outbox.models import Fanout
from community.spaces.models import Space
from discussions.tags.access import get_tag
from discussions.tags.actions import prefer_tag
from discussions.tags.merging import preview_merge
from discussions.tags.models import Tag, TagPreference
from discussions.tags.queries import preference_of, synonyms_of, tags_with_counts
from discussions.tags.tidying import add_synonym
from discussions.topics import merging
from discussions.topics.merging import merge_tag
from discussions.topics.tagging import tags_on
from tests.factories.discussions import make_topic

pytestmark = pytest.mark.slow

Run = Callable[[], None]


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def counts(viewer: User) -> dict[str, int]:
    return {each.name: each.topic_count for each in tags_with_counts(viewer)}


def test_topics_counts_and_names_go_over(
    space: Space, closed: Space, ada: User, zed: User, admin: User, handle_events: Run
) -> None:
    one = make_topic(space, by=ada, tags=["tunnel", "printers"])
    both = make_topic(space, by=ada, tags=["vpn", "tunnel"])
    hidden = make_topic(closed, by=ada, tags=["tunnel"])
    add_synonym(tag("tunnel"), by=admin, name="pipe")
    handle_events()
    into = merge_tag(tag("tunnel"), tag("vpn"), by=admin)
    handle_events()
    assert [tags_on(topic) for topic in (one, both, hidden)] == [
        ["vpn", "printers"],
        ["vpn"],
        ["vpn"],
    ]
    assert (counts(ada), counts(zed)) == ({"vpn": 3, "printers": 1}, {"vpn": 2, "printers": 1})
    assert synonyms_of(into) == ["pipe", "tunnel"]
    assert get_tag("pipe", viewer=zed) == into
    assert not Tag.objects.filter(name="tunnel").exists()


def test_those_who_follow_or_mute_go_over_unless_they_chose(
    space: Space, ada: User, ben: User, zed: User, admin: User
) -> None:
    make_topic(space, by=ada, tags=["vpn", "tunnel"])
    follow, mute = TagPreference.Level.FOLLOW, TagPreference.Level.MUTE
    prefer_tag(tag("tunnel"), by=ada, level=follow)
    prefer_tag(tag("tunnel"), by=ben, level=mute)
    prefer_tag(tag("tunnel"), by=zed, level=follow)
    prefer_tag(tag("vpn"), by=zed, level=mute)
    into = merge_tag(tag("tunnel"), tag("vpn"), by=admin)
    chosen = [preference_of(person, into) for person in (ada, ben, zed)]
    assert (chosen, TagPreference.objects.count()) == (["follow", "mute", "mute"], 3)


def test_many_topics_are_carried_over_by_the_worker(
    space: Space, ada: User, admin: User, handle_events: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = [make_topic(space, by=ada, tags=["tunnel"]) for _number in range(5)]
    make_topic(space, by=ada, tags=["vpn"])
    handle_events()
    monkeypatch.setattr(merging, "ROWS", 2)
    merge_tag(tag("tunnel"), tag("vpn"), by=admin)
    assert (tags_on(topics[1]), tags_on(topics[2])) == (["vpn"], ["tunnel"])
    assert get_tag("tunnel", viewer=ada).name == "vpn"
    assert tags_on(make_topic(space, by=ada, tags=["tunnel"])) == ["vpn"]
    while advance_fanout():
        pass
    handle_events()
    assert {tuple(tags_on(topic)) for topic in topics} == {("vpn",)}
    assert counts(ada) == {"vpn": 7}
    assert not Fanout.objects.exclude(error="").exists()


def test_merge_that_meets_another_one_carries_all_along(
    space: Space, ada: User, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    topics = [make_topic(space, by=ada, tags=["one"]) for _number in range(3)]
    make_topic(space, by=ada, tags=["two", "three"])
    monkeypatch.setattr(merging, "ROWS", 1)
    merge_tag(tag("one"), tag("two"), by=admin)
    merge_tag(tag("two"), tag("three"), by=admin)
    while advance_fanout():
        pass
    assert {tuple(tags_on(topic)) for topic in topics} == {("three",)}
    assert [each.name for each in Tag.objects.all()] == ["three"]
    assert synonyms_of(tag("three")) == ["one", "two"]


def test_merge_back_into_a_tag_that_went_is_refused(space: Space, ada: User, admin: User) -> None:
    make_topic(space, by=ada, tags=["one", "two"])
    one, two = tag("one"), tag("two")
    merge_tag(one, two, by=admin)
    with pytest.raises(Tag.DoesNotExist):
        merge_tag(two, Tag(pk=one.pk + 1000, name="one"), by=admin)
    with pytest.raises(ValidationError) as refused:
        merge_tag(two, two, by=admin)
    assert list(refused.value.message_dict) == ["into"]


def test_merge_needs_the_capability_and_sight_of_both(
    space: Space, secret: Space, ada: User, mia: User, admin: User
) -> None:
    make_topic(space, by=ada, tags=["vpn", "tunnel"])
    make_topic(secret, by=ada, tags=["canary"])
    with pytest.raises(PermissionDenied):
        merge_tag(tag("tunnel"), tag("vpn"), by=mia)
    for one, other in (("vpn", "canary"), ("canary", "vpn")):
        with pytest.raises(Tag.DoesNotExist):
            merge_tag(tag(one), tag(other), by=admin)


def test_preview_tells_of_spaces_that_the_viewer_reads(
    space: Space, secret: Space, ada: User, admin: User, handle_events: Run
) -> None:
    make_topic(space, by=ada, tags=["vpn"])
    make_topic(secret, by=ada, tags=["vpn"])
    handle_events()
    seen = preview_merge(tag("vpn"), viewer=admin)
    assert (seen.topics, [count.space for count in seen.counts]) == (1, [space])
    seen = preview_merge(tag("vpn"), viewer=ada)
    assert (seen.topics, len(seen.counts), seen.more_spaces) == (2, 2, 0)
