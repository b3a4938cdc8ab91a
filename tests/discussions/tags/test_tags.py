"""Tags: who knows them, who makes and describes them, and counts that tell nothing of others."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.events import TAG_DESCRIBED
from discussions.tags.access import get_tag
from discussions.tags.actions import describe_tag, prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.tags.queries import preference_of, suggest_tags, tags_with_counts
from discussions.topics.actions import edit_post
from tests.factories.discussions import make_answer, make_topic, opening

Run = Callable[[], None]


def counts(viewer: User) -> dict[str, int]:
    return {tag.name: tag.topic_count for tag in tags_with_counts(viewer)}


def test_counts_are_summed_over_the_spaces_that_the_viewer_reads(
    space: Space, closed: Space, secret: Space, ada: User, zed: User, handle_events: Run
) -> None:
    for place in (space, closed, secret):
        make_topic(place, by=ada, tags=["vpn"])
    make_topic(secret, by=ada, tags=["canary"])
    handle_events()
    assert counts(ada) == {"vpn": 3, "canary": 1}
    assert counts(zed) == {"vpn": 1}


def test_tag_of_a_secret_space_is_unknown_outside_at_every_moment(
    secret: Space, ada: User, ben: User, zed: User, handle_events: Run
) -> None:
    assert not secret.memberships.filter(person=zed).exists()
    topic = make_topic(secret, by=ada, tags=["canary"])
    for handled in (False, True):
        if handled:
            handle_events()
        assert get_tag("canary", viewer=ben).name == "canary"
        with pytest.raises(Tag.DoesNotExist):
            get_tag("canary", viewer=zed)
        assert suggest_tags("can", viewer=zed) == []
    remove_post(opening(topic), by=ada)
    handle_events()
    with pytest.raises(Tag.DoesNotExist):
        get_tag("canary", viewer=zed)


def test_hidden_tag_can_be_used_elsewhere_as_if_it_were_new(
    space: Space, secret: Space, ada: User, zed: User
) -> None:
    make_topic(secret, by=ada, tags=["canary"])
    make_topic(space, by=zed, tags=["canary"])
    assert Tag.objects.filter(name="canary").count() == 1
    assert get_tag("CANARY", viewer=zed).name == "canary"


def test_where_tags_are_looked_after_a_hidden_one_is_as_good_as_missing(  # type: ignore[no-untyped-def]  # pytest-django's fixture
    space: Space, secret: Space, ada: User, zed: User, admin: User, settings
) -> None:
    make_topic(secret, by=ada, tags=["canary"])
    settings.OPEN_TAGS = False
    messages = []
    for name in ("canary", "missing"):
        with pytest.raises(ValidationError) as refused:
            make_topic(space, by=zed, tags=[name])
        messages.append(refused.value.message_dict["tags"][0].replace(name, "x"))
    assert messages[0] == messages[1]
    make_topic(space, by=admin, tags=["missing"])
    make_topic(space, by=zed, tags=["missing"])


def test_suggestions_begin_with_the_text_then_hold_it(
    space: Space, ada: User, handle_events: Run
) -> None:
    make_topic(space, by=ada, tags=["vpn", "vpn-client", "old-vpn"])
    make_topic(space, by=ada, tags=["vpn-client"])
    handle_events()
    names = [tag.name for tag in suggest_tags(" VPN", viewer=ada)]
    assert names == ["vpn-client", "vpn", "old-vpn"]
    assert [tag.name for tag in suggest_tags("", viewer=ada, limit=1)] == ["vpn-client"]


def test_address_of_a_tag_is_quoted(space: Space, ada: User) -> None:
    make_topic(space, by=ada, tags=["c#"])
    assert Tag.objects.get().get_absolute_url() == "/tags/c%23"


def test_description_needs_the_capability_and_has_a_limit(
    space: Space, ada: User, admin: User
) -> None:
    make_topic(space, by=ada, tags=["vpn"])
    tag = Tag.objects.get()
    with pytest.raises(PermissionDenied):
        describe_tag(tag, by=ada, source="x")
    describe_tag(tag, by=admin, source="d" * 2_000)
    with pytest.raises(ValidationError) as refused:
        describe_tag(tag, by=admin, source="d" * 2_001)
    assert list(refused.value.message_dict) == ["source"]
    assert describe_tag(tag, by=admin, source="*x*").description_html == (
        '<p dir="auto"><em>x</em></p>\n'
    )


def test_preference_is_one_of_follow_mute_and_neither(space: Space, ada: User) -> None:
    make_topic(space, by=ada, tags=["vpn"])
    tag, level = Tag.objects.get(), TagPreference.Level
    assert preference_of(ada, tag) is None
    prefer_tag(tag, by=ada, level=level.FOLLOW)
    prefer_tag(tag, by=ada, level=level.MUTE)
    assert preference_of(ada, tag) == "mute"
    prefer_tag(tag, by=ada, level=None)
    assert (preference_of(ada, tag), TagPreference.objects.count()) == (None, 0)


def test_order_of_tags_follows_the_author(space: Space, ada: User) -> None:
    topic = make_topic(space, by=ada, tags=["one", "two"])
    edit_post(opening(topic), by=ada, source="x", based_on=1, tags=["two", "three", "one"])
    names = [row.tag.name for row in topic.topic_tags.select_related("tag").order_by("place")]
    assert names == ["two", "three", "one"]


def test_description_of_a_hidden_tag_does_not_come_with_its_name(
    space: Space, secret: Space, mia: User, zed: User, admin: User
) -> None:
    make_topic(secret, by=mia, tags=["canary"])
    add_reader(secret, admin)
    describe_tag(Tag.objects.get(), by=admin, source="The plant in Ulm.")
    make_topic(secret, by=mia, tags=["canary"])
    assert get_tag("canary", viewer=mia).description_source == "The plant in Ulm."
    make_topic(space, by=zed, tags=["canary"])
    tag = get_tag("canary", viewer=zed)
    assert (tag.description_source, tag.description_html) == ("", "")
    kept = Event.objects.filter(name=TAG_DESCRIBED, space_id=secret.pk).get()
    assert kept.data == {"source_before": "The plant in Ulm."}


def add_reader(space: Space, person: User) -> None:
    space.memberships.create(person=person, role="member")


def test_description_that_no_space_uses_yet_stays(space: Space, zed: User) -> None:
    Tag.objects.create(name="vpn", description_source="Tunnels", description_html="Tunnels")
    make_topic(space, by=zed, tags=["vpn"])
    assert get_tag("vpn", viewer=zed).description_source == "Tunnels"


def test_description_names_people_and_no_titles(space: Space, ada: User, admin: User) -> None:
    topic = make_topic(space, by=ada, title="Canary", tags=["vpn"])
    source = f"Ask @ada or see [[t:{topic.public_id}]]"
    tag = describe_tag(Tag.objects.get(), by=admin, source=source)
    assert tag.description_html == (
        '<p dir="auto">Ask <a class="mention" href="/p/ada">@ada</a> or see '
        f"[[t:{topic.public_id}]]</p>\n"
    )


def test_new_tag_is_a_link_in_its_own_first_post(space: Space, ada: User, ben: User) -> None:
    topic = make_topic(space, by=ada, source="About #fresh", tags=["fresh"])
    link = '<a class="tag" href="/tags/fresh">#fresh</a>'
    assert opening(topic).html == f'<p dir="auto">About {link}</p>\n'
    # Before the worker counted the topics of the tag.
    answer = make_answer(topic, by=ben, source="More on #fresh")
    assert answer.html == f'<p dir="auto">More on {link}</p>\n'
