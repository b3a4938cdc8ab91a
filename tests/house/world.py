"""A world with private things of every kind, each carrying a random token that must not get out."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from community.accounts.models import User
from community.attachments.actions import attach
from community.audiences.actions import Members, create_audience, set_default_space
from community.fields.actions import answer_fields
from community.fields.models import Field, SeenBy
from community.files.models import File
from community.invitations.actions import LinkTerms, Wish, invite, make_invitation_link
from community.invitations.tokens import token_of
from community.jobs.models import BackgroundJob, JobState
from community.mail_changes.actions import request_change
from community.outbox.models import Event, ParkedEvent
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.roster.actions import keep_roster
from community.roster.checking import check
from community.roster.models import Roster
from community.spaces.membership import invite_to_space, leave_space
from community.spaces.models import Role, Space, Visibility
from community.spaces.requests import request_to_join
from community.tokens.actions import make_token
from discussions.answers.actions import accept_answer, remove_post
from discussions.drafts.actions import save_draft
from discussions.drafts.models import Draft
from discussions.drafts.places import Form, Place
from discussions.exports.actions import ask_for_export
from discussions.exports.models import Export
from discussions.resources.actions import rate_resource, use_resource
from discussions.resources.files import add_version, set_captions
from discussions.resources.models import Link, Resource
from discussions.saved.actions import note_saved, save_post
from discussions.saved.models import SavedPost
from discussions.sheets.actions import send_sheet
from discussions.sheets.models import Sheet
from discussions.tags.actions import describe_tag
from discussions.tags.models import Tag, TagCount
from discussions.tags.tidying import add_synonym
from discussions.topics.actions import close_topic, edit_post, pin_topic
from discussions.topics.models import Kind, Origin, Post, Topic, TopicLink
from learning.collections.actions import create_collection
from learning.collections.following import follow_collection
from learning.collections.items import add_item
from learning.collections.models import Collection, CollectionItem
from tests.factories.community import (
    add_member,
    make_admin,
    make_guest,
    make_job,
    make_person,
    make_space,
    make_unit,
)
from tests.factories.discussions import (
    make_answer,
    make_comment,
    make_link,
    make_reply,
    make_shared_file,
    make_topic,
    opening,
)
from tests.factories.fields import make_field
from tests.factories.files import make_file, make_film, make_picture


@dataclass
class World:
    """people by role; tokens by what carries them; the private objects that addresses name."""

    people: dict[str, User] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    spaces: list[Space] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    # What colleagues know and a guest of one space must not: see known_to_colleagues().
    company: dict[str, str] = field(default_factory=dict)
    lobby: list[Topic] = field(default_factory=list)
    # Opens the door for whoever has it, and shows nothing of what is behind.
    link_token: str = ""
    exports: list[Export] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    saved: list[SavedPost] = field(default_factory=list)
    rosters: list[Roster] = field(default_factory=list)
    collections: list[Collection] = field(default_factory=list)
    # For every colleague; what they hold is private.
    open_collections: list[Collection] = field(default_factory=list)
    items: list[CollectionItem] = field(default_factory=list)

    def token(self, carrier: str) -> str:
        """Return a new token; one that is searched for by its beginning is never typed whole."""
        self.tokens[carrier] = f"zq{secrets.token_hex(6)}"
        return self.tokens[carrier]

    def hide(self, carrier: str, value: str) -> None:
        """Count a value that exists already, such as a random id, as private."""
        self.tokens[carrier] = value


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
    world.hide("session id", _session_of(people["owner"]))
    _make_token(world, people["owner"])
    lobby = make_space("Lobby", owner=people["owner"], moderators=(people["moderator elsewhere"],))
    hall = make_topic(lobby, by=people["stranger"], title="What is open to all?", tags=["open"])
    _welcome_a_guest(world, hall)
    for visibility in (Visibility.CLOSED, Visibility.SECRET):
        _fill(world, visibility, hall)
    _invite(world)
    return world


def _invite(world: World) -> None:
    """Into the private spaces: only those who manage people see addresses that are invited."""
    owner = User.objects.get(pk=world.people["owner"].pk)
    grant_capability(owner, Capability.PEOPLE, by=None)
    email = f"{world.token('invited address')}@example.com"
    invite(Wish(email, name=world.token("invited name"), spaces=world.spaces), by=owner)
    link = make_invitation_link(LinkTerms(days=3, max_uses=2, spaces=world.spaces), by=owner)
    world.link_token = token_of(link)
    name = f"Leads {world.token('audience')}"
    create_audience(Members(name, people=[world.people["member"]]), by=owner)
    _ask_for_more(world, owner)
    _send_roster(world, owner)
    set_default_space(make_unit("Unit"), world.spaces[-1], by=owner)


def _send_roster(world: World, owner: User) -> None:
    """Those who manage people see the tables of each other."""
    table = f"email,name\n{world.token('address in a table')}@example.com,Una\n"
    roster = keep_roster(table.encode(), by=owner)
    check(roster, lambda done, total: None)
    world.rosters.append(roster)


def _make_token(world: World, owner: User) -> None:
    name, scopes = world.token("API token name"), ["discussions:write"]
    made = make_token(by=owner, name=name, scopes=scopes, days=7)
    world.hide("API token id", made.token.public_id)


def _session_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    found: str = client.session["device"]["public_id"]
    return found


def _fill(world: World, visibility: Visibility, hall: Topic) -> None:
    space = _make_space(world, visibility)
    topic = _make_question(world, space)
    _make_talk(world, space, topic)
    _collect(world, space, _make_link(world, space))
    _make_film(world, space)
    _hang_files(world, topic)
    TopicLink.objects.create(source=hall, target=topic, kind=TopicLink.Kind.RELATED)
    TopicLink.objects.create(source=topic, target=hall, kind=TopicLink.Kind.DUPLICATE)
    world.origins.append(_make_origin(world, topic))
    _park_an_event(world, space)
    world.exports.append(ask_for_export(by=world.people["owner"], space=space))
    world.hide(f"{visibility} export id", world.exports[-1].public_id)
    world.sheets.append(_send_sheet(world, space))
    _begin_to_write(world, topic)
    _save(world, topic)
    leave_space(space, by=world.people["former member"])


def _save(world: World, topic: Topic) -> None:
    """Whoever saved something sees no more of it than their own note when they have left."""
    post, note = opening(topic), world.token(f"{topic.space.visibility} note")
    saved = save_post(post, by=world.people["owner"])
    note_saved(saved, by=world.people["owner"], note=note, remind_at=None)
    save_post(post, by=world.people["former member"])
    world.saved.append(saved)
    world.hide(f"{topic.space.visibility} saved id", saved.public_id)


def _begin_to_write(world: World, topic: Topic) -> None:
    """Of a draft that outlives the sight of its topic no more than text and address are shown."""
    place, words = (
        Place(Form.TOPIC, topic.public_id),
        world.token(f"{topic.space.visibility} draft"),
    )
    draft = save_draft(place, {"source": f"Begun {words}."}, by=world.people["owner"])
    left, talk = world.people["former member"], Place(Form.TOPIC, world.topics[-2].public_id)
    save_draft(talk, {"source": "Typed before I left."}, by=left)
    world.drafts.append(draft)
    world.hide(f"{topic.space.visibility} draft id", draft.public_id)


def _send_sheet(world: World, space: Space) -> Sheet:
    """A sheet whose fault is private."""
    sheet = send_sheet(space, b"title,question,tags\n", by=world.people["owner"])
    fault = [2, "title", f"No {world.token(f'{space.visibility} fault of a sheet')}."]
    done = {"checked_at": timezone.now(), "faults": [fault], "fault_count": 1}
    Sheet.objects.filter(pk=sheet.pk).update(**done)
    BackgroundJob.objects.filter(pk=sheet.job_id or 0).update(state=JobState.DONE)
    world.hide(f"{space.visibility} sheet id", sheet.public_id)
    return sheet


def _make_space(world: World, visibility: Visibility) -> Space:
    """Of a closed space people may know name, description and owners; of a secret one nothing."""
    owner, secret = world.people["owner"], visibility == Visibility.SECRET
    space = make_space(
        f"Den {world.token('secret space name')}" if secret else "Back office",
        owner=owner,
        members=(world.people["member"], world.people["former member"]),
        visibility=visibility,
        description=world.token("secret space description") if secret else "Known to all.",
        rules=f"Say {world.token(f'{visibility} rules')} first.",
        joining="request",
    )
    if secret:
        world.hide("secret space slug", space.slug)
    world.hide(f"{visibility} space id", space.public_id)
    world.spaces.append(space)
    guest = make_person(f"Guest {world.token(f'{visibility} invited')}", handle=f"g-{visibility}")
    # People are in the directory; that one is invited here is private, the name alone is not.
    del world.tokens[f"{visibility} invited"]
    invite_to_space(space, guest, by=owner)
    if not secret:
        asks = make_person("Asks to join", handle="asks")
        request_to_join(space, by=asks, message=world.token("join request"))
    return space


def _make_question(world: World, space: Space) -> Topic:
    kind, owner, ben = space.visibility, world.people["owner"], world.people["member"]
    left = world.people["former member"]
    topic = make_topic(
        space,
        by=left,
        title=f"Why {world.token(f'{kind} title')} at night?",
        source=f"First {world.token(f'{kind} first text')}.",
        tags=[world.token(f"{kind} tag"), "open"],
    )
    first = opening(topic)
    edit_post(
        first,
        by=left,
        source=f"Body {world.token(f'{kind} text')}",
        based_on=1,
        reason=world.token(f"{kind} edit reason"),
    )
    answer = make_answer(topic, by=ben, source=f"Do {world.token(f'{kind} answer')}.")
    comment = make_comment(answer, by=owner, source=f"And {world.token(f'{kind} comment')}.")
    accept_answer(answer, by=owner)
    gone = make_answer(topic, by=ben, source=f"Not {world.token(f'{kind} deleted answer')}.")
    remove_post(gone, by=ben)
    pin_topic(topic, by=owner, until=timezone.now() + timedelta(days=3))
    close_topic(topic, by=owner, reason=f"Done {world.token(f'{kind} closing reason')}")
    tag = Tag.objects.get(name=world.tokens[f"{kind} tag"])
    describe_tag(tag, by=owner, source=world.token(f"{kind} tag description"))
    unused = Tag.objects.create(name=world.token(f"{kind} unused tag"))
    TagCount.objects.create(tag=unused, space=space)
    add_synonym(tag, by=owner, name=world.token(f"{kind} synonym"))
    world.tags.append(tag)
    world.topics.append(topic)
    world.posts += [first, answer, comment, gone]
    world.hide(f"{kind} topic id", topic.public_id)
    world.hide(f"{kind} answer id", answer.public_id)
    return topic


def _make_talk(world: World, space: Space, question: Topic) -> None:
    kind, ben = space.visibility, world.people["member"]
    talk = make_topic(
        space,
        by=ben,
        kind=Kind.ARTICLE,
        title=f"How {world.token(f'{kind} article')} works",
        source=f"See [[t:{question.public_id}]].",
        tags=["open"],
    )
    reply = make_reply(talk, by=world.people["owner"], source=world.token(f"{kind} reply"))
    world.topics.append(talk)
    world.posts.append(reply)


def _collect(world: World, space: Space, topic: Topic) -> None:
    """In a collection of the space, and in one for everybody, where outsiders don't see it."""
    kind, owner = space.visibility, world.people["owner"]
    title = f"On {world.token(f'{kind} collection')}"
    text = world.token(f"{kind} collection description")
    collection = create_collection(by=owner, title=title, description=text, space=space)
    why = world.token(f"{kind} sentence of an item")
    world.items.append(add_item(collection, topic, by=owner, why=why))
    world.collections.append(collection)
    follow_collection(collection, by=world.people["former member"])
    world.hide(f"{kind} collection id", collection.public_id)
    everybody = create_collection(by=owner, title=f"For all, {kind}")
    hidden = add_item(everybody, topic, by=owner, why=world.token(f"{kind} sentence for few"))
    follow_collection(everybody, by=world.people["stranger"])
    world.items.append(hidden)
    world.hide(f"{kind} item id", hidden.public_id)
    world.open_collections.append(everybody)


def _make_link(world: World, space: Space) -> Topic:
    """A page that is shared, with what it says of itself, its picture, and what people think."""
    kind, ben, owner = space.visibility, world.people["member"], world.people["owner"]
    address = f"https://example.org/{world.token(f'{kind} shared address')}"
    topic = make_link(space, by=ben, url=address, title=world.token(f"{kind} shared title"))
    picture = make_picture(ben, name="preview.png")
    resource = Resource.objects.get(topic=topic)
    attach([picture.public_id], by=ben, kind="resource", object_id=resource.pk)
    Link.objects.filter(resource=resource).update(
        page_title=world.token(f"{kind} page title"),
        description=world.token(f"{kind} page description"),
        picture=picture,
        broken_since=timezone.now(),
    )
    rate_resource(topic, by=owner, stars=4, sentence=world.token(f"{kind} rating"))
    use_resource(topic, by=owner)
    world.hide(f"{kind} shared picture id", picture.public_id)
    world.topics.append(topic)
    world.files.append(picture)
    return topic


def _ask_for_more(world: World, admin: User) -> None:
    """What the member tells those who manage people only; the question is no secret."""
    field = make_field("Salary band", by=admin, seen_by=SeenBy.NOBODY)
    member = world.people["member"]
    answer_fields(member, {field.public_id: world.token("answer in a field")}, by=member)
    world.fields.append(field)


def _make_film(world: World, space: Space) -> None:
    """A video with two versions and captions."""
    kind, ben = space.visibility, world.people["member"]
    first = make_film(ben, name=f"{world.token(f'{kind} film name')}.webm")
    topic = make_shared_file(
        space, by=ben, file=first, title=world.token(f"{kind} film title"), tags=["vpn"]
    )
    later = make_film(ben, name=f"{world.token(f'{kind} later film name')}.webm")
    note = world.token(f"{kind} film note")
    add_version(topic, by=ben, file=later.public_id, note=note)
    said = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{world.token(f'{kind} captions')}\n"
    set_captions(topic, by=ben, language="en", content=said.encode())
    world.topics.append(topic)
    world.files += [first, later]


def _hang_files(world: World, topic: Topic) -> None:
    """A closed topic takes posts of moderators only, so its owner shows them."""
    kind, owner = topic.space.visibility, world.people["owner"]
    words = make_file(owner, name=f"{world.token(f'{kind} file name')}.txt")
    plan = make_picture(owner, name=f"{world.token(f'{kind} picture name')}.png")
    named = f"[{words.name}]({words.get_absolute_url()}) ![it]({plan.get_absolute_url()})"
    make_answer(topic, by=owner, source=named)
    loose = make_file(owner, name=f"{world.token(f'{kind} loose file name')}.txt")
    world.files += [words, plan, loose]
    world.hide(f"{kind} file id", words.public_id)


def _make_origin(world: World, topic: Topic) -> Origin:
    return Origin.objects.create(
        system="elsewhere.example",
        kind="question",
        external_id=str(topic.pk),
        object_id=opening(topic).pk,
        url=f"https://elsewhere.example/{world.token(f'{topic.space.visibility} origin')}",
        author_url="https://elsewhere.example/u/1",
        licence="CC BY-SA 4.0",
    )


def _park_an_event(world: World, space: Space) -> None:
    """Somebody who mends background work sees errors, and none of the content behind them."""
    event = Event.objects.get(space_id=space.pk, name="topic.closed")
    ParkedEvent.objects.create(
        handler="discussions.topics.handlers.count_tags", event=event, error="ValueError: no"
    )


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
        )
    }
    office = make_space(f"Hall {words['space']}", owner=owner, description=words["description"])
    author = make_person(f"Otto {words['name']}", handle="otto")
    make_job(author, make_unit(f"Unit {words['unit']}"))
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


def promote(world: World, person: User) -> None:
    """For the proof that a leak would be seen: make person a member of everything."""
    for space in world.spaces:
        add_member(space, person, actor=None, role=Role.OWNER)
