"""A world with private things of every kind, each carrying a random token that must not get out."""

import secrets
from dataclasses import replace

from community.accounts.models import User
from community.accounts.times import today
from community.fields.actions import answer_fields
from community.following.actions import follow_person
from community.mail_changes.actions import request_change
from community.profiles.actions import Details, edit_details
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Visibility
from discussions.tags.models import Tag
from discussions.topics.models import Topic, TopicLink
from learning.collections.actions import create_collection
from tests.factories.community import (
    make_admin,
    make_guest,
    make_job,
    make_person,
    make_space,
    make_unit,
)
from tests.factories.discussions import make_answer, make_topic, opening
from tests.factories.fields import make_field
from tests.house.private_desk import fill_desk, make_private_token, session_of
from tests.house.private_spaces import make_private_space
from tests.house.world import World


def make_world() -> World:
    """People of every relation to two private spaces, and things of every kind in those."""
    world = World()
    people = world.people
    people["owner"] = make_person("Olga Owner")
    grant_capability(people["owner"], Capability.TAGS, by=None)
    for role in ("member", "former member", "stranger", "moderator elsewhere"):
        people[role] = make_person(role.title())
    people["admin"] = make_admin("Ann Admin")
    request_change(f"{world.token('new address')}@example.com", by=people["owner"])
    world.hide("session id", session_of(people["owner"]))
    make_private_token(world, people["owner"])
    lobby = make_space("Lobby", owner=people["owner"], moderators=(people["moderator elsewhere"],))
    hall = make_topic(lobby, by=people["stranger"], title="What is open to all?", tags=["open"])
    _welcome_a_guest(world, hall)
    for visibility in (Visibility.CLOSED, Visibility.SECRET):
        make_private_space(world, visibility, hall)
    fill_desk(world)
    return world


def _welcome_a_guest(world: World, hall: Topic) -> None:
    """To one open space, where a text names what stands in another, which has words of its own."""
    owner = world.people["owner"]
    words = {
        name: f"zq{secrets.token_hex(6)}"
        for name in (
            "space",
            "description",
            "title",
            "text",
            "answer",
            "tag",
            "name",
            "unit",
            "collection",
            "languages",
            "link",
            "said",
        )
    }
    office = make_space(f"Hall {words['space']}", owner=owner, description=words["description"])
    author = make_person(f"Otto {words['name']}", handle="otto")
    make_job(author, make_unit(f"Unit {words['unit']}"))
    _introduce(author, words, away=owner)
    inside = make_topic(
        office,
        by=author,
        title=f"What is {words['title']} for?",
        source=f"Nobody says {words['text']}.",
        tags=[words["tag"]],
    )
    make_answer(inside, by=owner, source=f"Ask {words['answer']}.")
    patio = make_space("Patio", owner=owner)
    world.people["guest"] = make_guest("Gil Guest", spaces=(patio,))
    talk = f"As in [[t:{inside.public_id}]], said @otto and @stranger."
    outside = make_topic(patio, by=owner, title="What do guests read?", source=talk)
    TopicLink.objects.create(source=outside, target=inside, kind=TopicLink.Kind.RELATED)
    TopicLink.objects.create(source=inside, target=outside, kind=TopicLink.Kind.DUPLICATE)
    text = f"For all: {words['collection']}"
    create_collection(by=owner, title=text, description=text)
    world.company = {f"company {name}": word for name, word in words.items()}
    world.company["company space slug"] = office.slug
    world.lobby = [hall, inside]


def known_to_colleagues(world: World) -> World:
    """The same world with what every colleague knows counted as private, as it is for guests."""
    tags = Tag.objects.filter(name=world.company["company tag"])
    return replace(
        world,
        tokens=world.tokens | world.company,
        spaces=[topic.space for topic in world.lobby] + world.spaces,
        topics=world.lobby + world.topics,
        posts=[opening(topic) for topic in world.lobby] + world.posts,
        tags=[*tags, *world.tags],
    )


def _introduce(author: User, words: dict[str, str], *, away: User) -> None:
    """author stands in for somebody whom guests know, who also follows them."""
    links = [[words["link"], f"https://example.com/{words['link']}"]]
    edit_details(author, Details(languages=words["languages"], links=links), by=author)
    field = make_field("Desk", by=make_admin("Fay Fields"))
    answer_fields(author, {field.public_id: words["said"]}, by=author)
    absence = Details(away_until=today(), stand_in=author)
    edit_details(away, absence, by=away)
    follow_person(author, by=away)
