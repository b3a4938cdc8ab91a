"""What stands in a private space, a token in each kind of thing."""

from datetime import timedelta

from django.utils import timezone

from community.attachments.actions import attach
from community.jobs.models import BackgroundJob, JobState
from community.outbox.models import Event, ParkedEvent
from community.spaces.membership import invite_to_space, leave_space
from community.spaces.models import Space, Visibility
from community.spaces.requests import request_to_join
from discussions.answers.actions import accept_answer, remove_post
from discussions.drafts.actions import save_draft
from discussions.drafts.places import Form, Place
from discussions.exports.actions import ask_for_export
from discussions.resources.actions import rate_resource, use_resource
from discussions.resources.files import add_version, set_captions
from discussions.resources.models import Link, Resource
from discussions.saved.actions import note_saved, save_post
from discussions.sheets.actions import send_sheet
from discussions.sheets.models import Sheet
from discussions.tags.actions import describe_tag
from discussions.tags.models import Tag, TagCount
from discussions.tags.tidying import add_synonym
from discussions.topics.actions import close_topic, edit_post, pin_topic
from discussions.topics.models import Kind, Origin, Topic, TopicLink
from learning.collections.actions import create_collection
from learning.collections.following import follow_collection
from learning.collections.items import add_item
from learning.collections.models import Collection
from tests.factories.community import make_person, make_space
from tests.factories.discussions import (
    make_answer,
    make_comment,
    make_link,
    make_reply,
    make_shared_file,
    make_topic,
    opening,
)
from tests.factories.files import make_file, make_film, make_picture
from tests.house.world import World


def make_private_space(world: World, visibility: Visibility, hall: Topic) -> None:
    space = _make_space(world, visibility)
    fill_space(world, space, hall, _collection_for_all(world, visibility))


def fill_space(world: World, space: Space, hall: Topic, everybody: Collection) -> None:
    """Things of every kind in a private space, with traces in the open hall and collection.

    The former member belongs to the space, and leaves it.
    """
    topic = _make_question(world, space)
    _make_talk(world, space, topic)
    _collect(world, space, _make_link(world, space), everybody)
    _make_film(world, space)
    _hang_files(world, topic)
    TopicLink.objects.create(source=hall, target=topic, kind=TopicLink.Kind.RELATED)
    TopicLink.objects.create(source=topic, target=hall, kind=TopicLink.Kind.DUPLICATE)
    world.origins.append(_make_origin(world, topic))
    _park_an_event(world, space)
    world.exports.append(ask_for_export(by=world.people["owner"], space=space))
    world.hide(f"{space.visibility} export id", world.exports[-1].public_id)
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


def _collection_for_all(world: World, visibility: Visibility) -> Collection:
    made = create_collection(by=world.people["owner"], title=f"For all, {visibility}")
    follow_collection(made, by=world.people["stranger"])
    world.open_collections.append(made)
    return made


def _collect(world: World, space: Space, topic: Topic, everybody: Collection) -> None:
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
    hidden = add_item(everybody, topic, by=owner, why=world.token(f"{kind} sentence for few"))
    world.items.append(hidden)
    world.hide(f"{kind} item id", hidden.public_id)


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
