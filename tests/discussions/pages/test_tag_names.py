"""The page of a tag's names: who sees it, what it refuses, where synonyms lead."""

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.tags.models import Tag
from discussions.tags.queries import synonyms_of
from discussions.tags.tidying import add_synonym
from tests.factories.discussions import make_topic

PATHS = ("names/main", "synonyms", "synonyms/removal", "restriction")


@pytest.fixture
def vpn(space: Space, ada: User) -> Tag:
    make_topic(space, by=ada, tags=["vpn", "networks"])
    return Tag.objects.get(name="vpn")


def test_synonym_leads_to_its_tag_and_stands_there(
    client: Client, vpn: Tag, ada: User, admin: User
) -> None:
    add_synonym(vpn, by=admin, name="tunnel")
    client.force_login(ada)
    answer = client.get("/tags/tunnel")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tags/vpn")
    assert "Synonyms: tunnel" in client.get("/tags/vpn").content.decode()
    suggested = client.get("/tags/suggest?q=tunn").json()
    assert suggested == {"tags": [{"name": "vpn", "count": 0, "synonym": "tunnel"}]}
    listed = client.get("/questions?tag=tunnel").context["listing"]
    assert len(listed.rows) == 1


def test_names_are_changed_from_the_page(client: Client, vpn: Tag, admin: User) -> None:
    client.force_login(admin)
    assert "None yet." in client.get("/tags/vpn/names").content.decode()
    client.post("/tags/vpn/synonyms", {"name": "Tunnel"})
    renamed = client.post("/tags/vpn/names/main", {"name": "wireguard"})
    assert renamed.headers["Location"] == "/tags/wireguard/names"
    tag = Tag.objects.get(pk=vpn.pk)
    assert (tag.name, synonyms_of(tag)) == ("wireguard", ["tunnel", "vpn"])
    client.post("/tags/wireguard/synonyms/removal", {"synonym": "tunnel"})
    client.post("/tags/wireguard/restriction", {"only": "moderators"})
    tag.refresh_from_db()
    assert (tag.moderators_only, synonyms_of(tag)) == (True, ["vpn"])
    assert "Only moderators put it on topics." in client.get("/tags/wireguard").content.decode()


def test_refused_name_is_kept_with_a_sentence(client: Client, vpn: Tag, admin: User) -> None:
    client.force_login(admin)
    for path, form in (("names/main", "rename"), ("synonyms", "synonym")):
        answer = client.post(f"/tags/vpn/{path}", {"name": "networks"})
        assert answer.status_code == 422
        assert answer.context[form]["name"].value() == "networks"
        assert answer.context[form].errors == {
            "name": ["networks already means the tag networks. Choose another name."]
        }


def test_page_is_for_those_who_look_after_tags(client: Client, vpn: Tag, ada: User) -> None:
    client.force_login(ada)
    assert "/tags/vpn/names" not in client.get("/tags/vpn").content.decode()
    assert client.get("/tags/vpn/names").status_code == 403
    assert {client.post(f"/tags/vpn/{path}", {"name": "x"}).status_code for path in PATHS} == {403}
    assert {client.post(f"/tags/none/{path}").status_code for path in PATHS} == {404}
