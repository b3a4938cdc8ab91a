"""Guests meet and use the tags of their spaces, and take nothing from those of the company."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.tags.access import can_create_tags
from discussions.tags.actions import describe_tag
from discussions.tags.models import Tag
from discussions.tags.tidying import add_synonym
from discussions.topics.models import Topic
from tests.factories.community import make_guest, make_space
from tests.factories.discussions import make_topic


@pytest.fixture
def nora(mia: User) -> User:
    """A guest of another open space than the one of the question."""
    return make_guest("Nora", spaces=(make_space("Elsewhere", owner=mia),))


def test_guest_meets_tags_of_own_spaces_alone(
    client: Client, question: Topic, nora: User, gil: User
) -> None:
    assert {tag.name for tag in Tag.objects.visible_to(gil)} == {"vpn", "networks"}
    assert list(Tag.objects.visible_to(nora)) == []
    client.force_login(nora)
    assert client.get("/tags/vpn").status_code == 404
    assert b"vpn" not in client.get("/tags").content
    client.force_login(gil)
    assert client.get("/tags/vpn").status_code == 200


@pytest.mark.parametrize("name", ["vpn", "tunnels", "unheard-of"])
def test_guest_takes_no_name_of_a_tag_and_learns_of_none(
    question: Topic, admin: User, nora: User, name: str
) -> None:
    """Alike for one that stands elsewhere, its synonym, and one that is nowhere."""
    vpn = Tag.objects.get(name="vpn")
    describe_tag(vpn, by=admin, source="Ways in.")
    add_synonym(vpn, by=admin, name="tunnels")
    elsewhere = Space.objects.get(slug="elsewhere")
    with pytest.raises(ValidationError) as refused:
        make_topic(elsewhere, by=nora, tags=[name])
    assert refused.value.message_dict == {
        "tags": [f"There is no tag {name} here. Guests use those that stand in their spaces."]
    }
    vpn.refresh_from_db()
    assert (vpn.description_source, vpn.synonyms.count()) == ("Ways in.", 1)
    assert not can_create_tags(nora)


def test_guest_uses_a_tag_of_their_space(question: Topic, space: Space, gil: User) -> None:
    asked = make_topic(space, by=gil, tags=["vpn"])
    assert [tag.name for tag in asked.tags.all()] == ["vpn"]
