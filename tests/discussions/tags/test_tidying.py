"""Synonyms, other names, and tags that only moderators use."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.events import TAG_DESCRIBED
from discussions.tags.access import get_tag
from discussions.tags.actions import describe_tag, prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.tags.queries import suggest_tags, synonyms_of
from discussions.tags.tidying import add_synonym, remove_synonym, rename_tag, restrict_tag
from discussions.topics.actions import edit_post
from discussions.topics.models import Topic
from discussions.topics.tagging import tags_on
from tests.factories.discussions import make_topic, opening

pytestmark = pytest.mark.slow


@pytest.fixture
def vpn(space: Space, ada: User, admin: User) -> Tag:
    make_topic(space, by=ada, tags=["vpn", "networks"])
    return add_synonym(Tag.objects.get(name="vpn"), by=admin, name="tunnel")


def refusal(write: Callable[[], object]) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        write()
    return refused.value.message_dict


def test_synonym_becomes_the_main_tag_when_a_topic_is_saved(
    vpn: Tag, space: Space, ada: User
) -> None:
    topic = make_topic(space, by=ada, tags=["tunnel", "vpn", "printers"])
    assert tags_on(topic) == ["vpn", "printers"]
    edit_post(opening(topic), by=ada, source="x", based_on=1, tags=["printers", "TUNNEL"])
    assert tags_on(topic) == ["printers", "vpn"]
    assert opening(topic).revisions.get(number=2).tag_names == ["printers", "vpn"]
    assert not Tag.objects.filter(name="tunnel").exists()


def test_what_looks_alike_is_one_tag(vpn: Tag, space: Space, ada: User) -> None:
    wide, ligature = "\uff36\uff30\uff2e", "\ufb01les"
    topic = make_topic(space, by=ada, tags=[wide, "VPN", ligature])
    assert tags_on(topic) == ["vpn", "files"]
    assert get_tag(wide, viewer=ada) == vpn


@pytest.mark.parametrize(
    "name", ["<script>", "a\"onclick='x'", "java script", "&lt;b&gt;", "suggest", "..", "x" * 36]
)
def test_names_that_no_tag_can_have_are_refused_as_synonyms_too(
    vpn: Tag, admin: User, name: str
) -> None:
    assert list(refusal(lambda: add_synonym(vpn, by=admin, name=name))) == ["name"]
    assert list(refusal(lambda: rename_tag(vpn, by=admin, name=name))) == ["name"]
    assert synonyms_of(vpn) == ["tunnel"]


def test_name_means_one_tag_so_that_there_are_no_loops(vpn: Tag, admin: User) -> None:
    networks = Tag.objects.get(name="networks")
    for write in (add_synonym, rename_tag):
        for name, tag in (("vpn", networks), ("tunnel", networks), ("Networks", vpn)):
            with pytest.raises(ValidationError):
                write(tag, by=admin, name=name)
    assert refusal(lambda: add_synonym(vpn, by=admin, name="vpn")) == {
        "name": ["This is the tag's main name already."]
    }
    add_synonym(vpn, by=admin, name="tunnel")
    assert (synonyms_of(vpn), synonyms_of(networks)) == (["tunnel"], [])


def test_old_name_stays_as_a_synonym_and_back_again(
    vpn: Tag, space: Space, ada: User, admin: User
) -> None:
    topic = make_topic(space, by=ada, tags=["vpn"])
    assert rename_tag(vpn, by=admin, name="Tunnel").name == "tunnel"
    assert (tags_on(topic), synonyms_of(vpn)) == (["tunnel"], ["vpn"])
    assert get_tag("vpn", viewer=ada).name == "tunnel"
    written = make_topic(space, by=ada, source="See #vpn and #tunnel", tags=["printers"])
    assert opening(written).html.count('href="/tags/tunnel">#tunnel</a>') == 2
    rename_tag(vpn, by=admin, name="vpn")
    assert synonyms_of(vpn) == ["tunnel"]


def test_removed_synonym_is_free_again(vpn: Tag, space: Space, ada: User, admin: User) -> None:
    remove_synonym(vpn, by=admin, name="tunnel")
    assert tags_on(make_topic(space, by=ada, tags=["tunnel"])) == ["tunnel"]


def test_suggestions_name_the_synonym_that_was_typed(vpn: Tag, ada: User) -> None:
    found = [(tag.name, tag.synonym) for tag in suggest_tags("tun", viewer=ada)]
    assert found == [("vpn", "tunnel")]
    assert [(tag.name, tag.synonym) for tag in suggest_tags("vp", viewer=ada)] == [("vpn", None)]


def test_synonym_of_a_hidden_tag_is_as_good_as_missing(
    space: Space, secret: Space, ada: User, zed: User, admin: User
) -> None:
    secret.memberships.create(person=admin, role="member")
    make_topic(secret, by=ada, tags=["canary"])
    canary = Tag.objects.get()
    add_synonym(canary, by=admin, name="bird")
    restrict_tag(canary, by=admin, moderators_only=True)
    assert get_tag("bird", viewer=ada) == canary
    with pytest.raises(Tag.DoesNotExist):
        get_tag("bird", viewer=zed)
    assert suggest_tags("bi", viewer=zed) == []
    assert tags_on(make_topic(space, by=zed, tags=["bird"])) == ["bird"]
    assert get_tag("bird", viewer=ada).name == "bird"
    assert tags_on(make_topic(space, by=zed, tags=["canary"])) == ["canary"]
    taken = get_tag("canary", viewer=zed)
    assert (synonyms_of(taken), taken.moderators_only) == ([], False)
    kept = Event.objects.get(name=TAG_DESCRIBED, space_id=secret.pk)
    assert kept.data == {"synonyms_before": ["bird"]}


def test_name_of_a_hidden_tag_is_refused_like_one_that_no_tag_can_have(
    vpn: Tag, secret: Space, ada: User, admin: User
) -> None:
    make_topic(secret, by=ada, tags=["canary"])
    said = refusal(lambda: rename_tag(vpn, by=admin, name="canary"))
    reserved = refusal(lambda: rename_tag(vpn, by=admin, name="suggest"))
    assert said["name"] == [reserved["name"][0].replace("suggest", "canary")]


def test_only_moderators_put_a_restricted_tag_on_a_topic_or_take_it_off(
    vpn: Tag, space: Space, ada: User, mia: User, admin: User
) -> None:
    tagged = Topic.objects.get()
    restrict_tag(vpn, by=admin, moderators_only=True)
    said = {"tags": ["Only moderators put this tag on a topic or take it off: vpn."]}
    assert refusal(lambda: make_topic(space, by=ada, tags=["tunnel"])) == said
    assert refusal(lambda: edit(tagged, ada, ["networks"])) == said
    edit(tagged, ada, ["vpn", "printers"])
    other = make_topic(space, by=ada, tags=["printers"])
    assert refusal(lambda: edit(other, ada, ["printers", "vpn"])) == said
    edit(other, mia, ["vpn"])
    assert tags_on(other) == ["vpn"]
    restrict_tag(vpn, by=admin, moderators_only=False)
    assert tags_on(make_topic(space, by=ada, tags=["vpn"])) == ["vpn"]


def edit(topic: Topic, by: User, tags: list[str]) -> None:
    post = opening(topic)
    edit_post(post, by=by, source="Edited", based_on=post.version, tags=tags)


def test_tidying_needs_the_capability(vpn: Tag, mia: User) -> None:
    for write in (
        lambda: add_synonym(vpn, by=mia, name="x"),
        lambda: remove_synonym(vpn, by=mia, name="tunnel"),
        lambda: rename_tag(vpn, by=mia, name="x"),
        lambda: restrict_tag(vpn, by=mia, moderators_only=True),
    ):
        with pytest.raises(PermissionDenied):
            write()


def test_tag_that_goes_out_of_sight_meanwhile_is_neither_chosen_nor_changed(
    secret: Space, ada: User, zed: User, admin: User
) -> None:
    """Whoever asks may have left since they were shown the tag."""
    make_topic(secret, by=ada, tags=["canary"])
    canary = Tag.objects.get()
    with pytest.raises(Tag.DoesNotExist):
        prefer_tag(canary, by=zed, level=TagPreference.Level.FOLLOW)
    with pytest.raises(Tag.DoesNotExist):
        describe_tag(canary, by=admin, source="A bird.")
    with pytest.raises(Tag.DoesNotExist):
        rename_tag(canary, by=admin, name="bird")
    assert list(Tag.objects.values_list("name", "description_source")) == [("canary", "")]
    assert not TagPreference.objects.exists()
