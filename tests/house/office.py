"""One of everything that pages show: people of every kind, places, topics in every state."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from community.accounts.actions import Profile, edit_profile
from community.accounts.models import OrgUnit, User
from community.attachments.actions import attach
from community.audiences.actions import Members, create_audience, set_default_space
from community.audiences.models import Audience
from community.fields.models import Field
from community.following.actions import follow_person
from community.invitations.accepting import Newcomer, accept_invitation
from community.invitations.actions import (
    LinkTerms,
    Wish,
    invite,
    make_invitation_link,
    withdraw_invitation,
)
from community.invitations.models import AccountRequest, Invitation, InvitationLink
from community.invitations.tokens import token_of
from community.jobs.models import BackgroundJob, JobState, ScheduledRun
from community.mail_changes.actions import request_change
from community.outbox.models import Event, Fanout, ParkedEvent
from community.profiles.actions import Details, Hours, edit_details
from community.roles.models import Capability, Grant
from community.roster.actions import keep_roster
from community.roster.checking import check
from community.roster.models import Roster
from community.spaces.archiving import archive_space
from community.spaces.membership import invite_to_space
from community.spaces.models import Space, Visibility
from community.spaces.requests import decline_request, request_to_join
from discussions.answers.actions import accept_answer, remove_post
from discussions.drafts.actions import save_draft
from discussions.drafts.models import Draft
from discussions.drafts.places import Form, Place
from discussions.exports.actions import ask_for_export
from discussions.exports.models import Export
from discussions.reactions.actions import cast_vote
from discussions.resources.actions import rate_resource, use_resource
from discussions.resources.keeping import keep_resource
from discussions.resources.models import Link, Resource
from discussions.saved.actions import finish_saved, note_saved, save_post
from discussions.saved.models import SavedPost
from discussions.sheets.actions import send_sheet
from discussions.sheets.models import Sheet
from discussions.tags.actions import describe_tag, prefer_tag
from discussions.tags.models import Tag, TagCount, TagPreference
from discussions.tags.tidying import add_synonym, restrict_tag
from discussions.topics.actions import blank_revision, close_topic, edit_post, move_topic, pin_topic
from discussions.topics.models import Kind, Origin, Post, Topic, TopicLink
from discussions.topics.moves import preview_move
from learning.collections.actions import create_collection, delete_collection, set_people
from learning.collections.following import follow_collection
from learning.collections.items import add_item
from learning.collections.models import Collection, CollectionItem
from tests.factories.community import (
    PASSWORD,
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
    make_topic,
    opening,
)
from tests.factories.fields import ask_for_more
from tests.factories.files import make_picture
from tests.factories.two_step import make_app
from tests.house.films import share_film

RICH = """## Since Monday

I tried **this** and *that*, see [the manual](https://example.org/manual):

| setting | value |
|---|---|
| mtu | 1400 |

```python
def reach(host: str) -> bool:
    return ping(host) == 0  # never true
```

> It worked last week.

1. Open the tunnel
2. Wait, and read `journalctl`
"""


@dataclass
class Office:
    """Ada asks, Ben answers, Mia moderates, Zed is a stranger, Root an admin, Nia is new."""

    people: dict[str, User]
    workshop: Space
    backroom: Space
    cellar: Space
    attic: Space
    stored: Topic
    question: Topic
    discussion: Topic
    article: Topic
    link: Topic
    film: Topic
    closed: Topic
    deleted: Topic
    hidden: Topic
    answer: Post
    edited: Post
    audience: Audience
    field: Field
    rosters: list[Roster]
    invited: Invitation
    invitation_link: InvitationLink
    asked: AccountRequest
    export: Export
    sheets: list[Sheet]
    collection: Collection
    items: list[CollectionItem]


def make_office() -> Office:
    people = _people()
    workshop, backroom, cellar = _places(people)
    question, answer = _question(people, workshop)
    ada, ben, mia = people["ada"], people["ben"], people["mia"]
    discussion = make_topic(workshop, by=ben, kind=Kind.DISCUSSION, title="Desks by the window")
    make_reply(discussion, by=ada, reply_to=make_reply(discussion, by=mia))
    article = make_topic(workshop, by=mia, kind=Kind.ARTICLE, title="How to ship", source=RICH)
    pin_topic(article, by=mia, until=timezone.now() + timedelta(days=3))
    closed = make_topic(workshop, by=ada, title="Is it raining?")
    close_topic(closed, by=mia, reason="Look out of the window")
    deleted = make_topic(workshop, by=ada, title="Is this thing on?")
    remove_post(opening(deleted), by=ada)
    invited, link, asked = _invitations(people, workshop)
    shared = _link(people, workshop)
    collection, items = _collections(people, workshop, [shared, article])
    attic, stored = _attic(people, workshop)
    office = Office(
        people=people,
        workshop=workshop,
        backroom=backroom,
        cellar=cellar,
        attic=attic,
        stored=stored,
        question=question,
        discussion=discussion,
        article=article,
        link=shared,
        film=share_film(people, workshop),
        closed=closed,
        deleted=deleted,
        hidden=make_topic(cellar, by=ada, title="What lies in the cellar?", tags=["wine"]),
        answer=answer,
        edited=opening(question),
        audience=_audience(people, workshop),
        field=ask_for_more(people),
        rosters=_rosters(people["root"]),
        invited=invited,
        invitation_link=link,
        asked=asked,
        export=ask_for_export(by=ada),
        sheets=_sheets(workshop, mia),
        collection=collection,
        items=items,
    )
    make_topic(workshop, by=mia, kind=Kind.ANNOUNCEMENT, title="The lift is being mended")
    _mind(office)
    _drafts(office)
    _saved(office)
    follow_person(office.people["ben"], by=office.people["ada"])
    _background_work(people)
    _welcome_guests(people)
    return office


def _welcome_guests(people: dict[str, User]) -> None:
    """One who takes part in a space, and one who belongs to none yet."""
    patio = make_space("Patio", owner=people["mia"])
    people["gil"] = make_guest("Gil", spaces=(patio,))
    people["nora"] = make_guest("Nora")
    make_topic(patio, by=people["mia"], title="Who waters the plants?", tags=["plants"])
    title = "Where is the projector?"
    question = make_topic(patio, by=people["gil"], title=title, tags=["plants"])
    make_comment(make_answer(question, by=people["mia"]), by=people["gil"])


def _link(people: dict[str, User], workshop: Space) -> Topic:
    """A page with a picture that does not answer any more, used and rated."""
    topic = make_link(workshop, by=people["ben"], url="https://example.org/tunnels")
    picture = make_picture(people["ben"], name="preview.png", width=480, height=240)
    resource = Resource.objects.get(topic=topic)
    attach([picture.public_id], by=people["ben"], kind="resource", object_id=resource.pk)
    now = timezone.now()
    Link.objects.filter(resource=resource).update(
        page_title="All about tunnels",
        description="How they are dug, and why they drip.",
        picture=picture,
        checked_at=now,
        broken_since=now,
    )
    use_resource(topic, by=people["ada"])
    rate_resource(topic, by=people["ada"], stars=4, sentence="Short, and true.")
    rate_resource(topic, by=people["mia"], stars=5)
    return topic


def _collections(
    people: dict[str, User], workshop: Space, topics: list[Topic]
) -> tuple[Collection, list[CollectionItem]]:
    """Mia's, curated by Ada, with an item that is new to Ben; Ada's, and a deleted one."""
    mia, ada, ben = people["mia"], people["ada"], people["ben"]
    collection = create_collection(
        by=mia, title="First week on tunnels", description="Begin at the *top*.", space=workshop
    )
    keep_resource(topics[1])
    set_people(collection, by=mia, owner=None, curators=[ada])
    first = add_item(collection, topics[0], by=mia, why="Short, and it says why they drip.")
    follow_collection(collection, by=ben)
    second = add_item(collection, topics[1], by=ada)
    create_collection(by=ada, title="To read on trains")
    delete_collection(create_collection(by=ada, title="Never mind"), by=ada)
    return collection, [first, second]


def _people() -> dict[str, User]:
    names = ("Ben", "Mia", "Zed", "Nia", "Una", "Ivo")
    people = {name.lower(): make_person(name) for name in names}
    people["ada"] = make_person("Ada", password=PASSWORD)
    people["root"] = make_admin()
    make_app(people["una"])
    request_change("benjamin@example.com", by=people["ben"])
    unit = make_unit("Bridge works")
    make_job(people["mia"], unit, title="Head of bridges")
    make_job(people["ada"], unit, title="Engineer", manager=people["mia"])
    about = Profile(name="Ada", about="Ask me about tunnels.", city="Basel")
    edit_profile(people["ada"], about, by=people["ada"])
    Grant.objects.create(org_unit=unit, capability=Capability.TAGS)
    gone = make_person("Gus")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    return people | {"gone": gone}


def _audience(people: dict[str, User], workshop: Space) -> Audience:
    unit = OrgUnit.objects.get()
    set_default_space(unit, workshop, by=people["root"])
    members = Members("Leads", "Who leads", people=[people["zed"]], units=[unit])
    return create_audience(members, by=people["root"])


def _invitations(
    people: dict[str, User], workshop: Space
) -> tuple[Invitation, InvitationLink, AccountRequest]:
    """Open, accepted, withdrawn and refused by the mail server; a link, and who asks by it."""
    root, unit = people["root"], OrgUnit.objects.get()
    wish = Wish("ida@example.com", name="Ida", unit=unit, spaces=[workshop])
    invited = invite(wish, by=root)
    accepted = invite(Wish("kim@example.com"), by=root)
    accept_invitation(token_of(accepted), Newcomer("Kim", PASSWORD))
    withdraw_invitation(invite(Wish("late@example.com"), by=root), by=root)
    refused = invite(Wish("away@example.com"), by=root)
    Invitation.objects.filter(pk=refused.pk).update(trouble="550 no such mailbox")
    link = make_invitation_link(LinkTerms(days=3, max_uses=2, unit=unit), by=root)
    until = link.expires_at
    stranger = Invitation.objects.create(
        email="lou@example.com", link=link, name="Lou", expires_at=until
    )
    asked = AccountRequest.objects.create(invitation=stranger, message="I am new in the team.")
    return invited, link, asked


def _places(people: dict[str, User]) -> tuple[Space, Space, Space]:
    mia, ada, ben = people["mia"], people["ada"], people["ben"]
    workshop = make_space(
        "Workshop",
        owner=mia,
        members=(ada, ben),
        description="Where things are mended.",
        rules="Be *kind*.",
    )
    backroom = make_space(
        "Backroom",
        owner=mia,
        members=(ada,),
        visibility=Visibility.CLOSED,
        joining="request",
        description="For those who keep the books.",
    )
    cellar = make_space("Cellar", owner=mia, members=(ada,), visibility=Visibility.SECRET)
    asked = request_to_join(backroom, by=people["nia"])
    decline_request(asked, by=mia, reason="Ask again in spring.")
    request_to_join(backroom, by=people["una"], message="I keep books too.")
    invite_to_space(backroom, people["ivo"], by=mia)
    invite_to_space(cellar, people["ivo"], by=mia)
    return workshop, backroom, cellar


def _attic(people: dict[str, User], workshop: Space) -> tuple[Space, Topic]:
    """An archived space with a topic in it that came from elsewhere."""
    attic = make_space("Attic", owner=people["mia"], members=(people["ada"],))
    mia, boxes = (
        people["mia"],
        make_topic(workshop, by=people["ada"], title="Whose boxes are they?"),
    )
    stored = move_topic(boxes, attic, by=mia, seen=preview_move(boxes, attic).mark)
    return archive_space(attic, by=mia), stored


def _question(people: dict[str, User], space: Space) -> tuple[Topic, Post]:
    """A solved question with a second answer, comments, votes, three versions and one deletion."""
    ada, ben, mia, zed = (people[name] for name in ("ada", "ben", "mia", "zed"))
    title, tags = "Why does the tunnel drop?", ["vpn", "networks"]
    question = make_topic(space, by=ada, title=title, source=RICH, tags=tags)
    first = opening(question)
    for version in (1, 2):
        source = f"{RICH}\nVersion {version} of the end."
        edit_post(first, by=ada, source=source, based_on=version, reason="Said more")
        first.refresh_from_db()
    blank_revision(first.revisions.get(number=1), by=mia)
    answer = make_answer(question, by=ben, source="Lower the *mtu*.")
    for number in range(7):
        make_comment(answer, by=zed, source=f"Comment {number}")
    accept_answer(answer, by=ada)
    cast_vote(answer, by=zed, value=1)
    make_comment(first, by=mia, source="Which router?")
    make_answer(question, by=zed, source="Buy a new one.")
    remove_post(make_answer(question, by=mia, source="Never mind."), by=mia)
    return question, answer


def _rosters(by: User) -> list[Roster]:
    """One in each state that its page knows."""
    now = timezone.now()
    table = b"email,name,unit,title\nida@x.org,Ida,New unit,Cook\nben@example.com,Benno\nx,,,\n"
    rosters = [keep_roster(table, by=by) for _state in range(4)]
    for roster in rosters[1:]:
        check(roster, lambda done, total: None)
    Roster.objects.filter(pk=rosters[2].pk).update(started_at=now)
    Roster.objects.filter(pk=rosters[3].pk).update(started_at=now, applied_at=now)
    return rosters


def _sheets(space: Space, by: User) -> list[Sheet]:
    """One in each state that its page knows."""
    now, fault = timezone.now(), [2, "title", "Give the topic a title."]
    states: list[dict[str, Any]] = [
        {},
        {"checked_at": now, "questions": 2, "answers": 1},
        {"checked_at": now, "questions": 1, "faults": [fault], "fault_count": 1},
        {"checked_at": now, "questions": 1, "started_at": now, "imported_at": now},
        {"checked_at": now, "questions": 1, "started_at": now},
    ]
    sheets = [send_sheet(space, b"title,question,tags\n", by=by) for _state in states]
    for sheet, state in zip(sheets, states, strict=True):
        Sheet.objects.filter(pk=sheet.pk).update(**state)
        if state:
            BackgroundJob.objects.filter(pk=sheet.job_id or 0).update(state=JobState.DONE)
    return sheets


def _mind(office: Office) -> None:
    """Links, an origin, a described tag, what Nia follows, and how to work with Ada."""
    ada, zed = office.people["ada"], office.people["zed"]
    away = timezone.now().date() + timedelta(days=3)
    week: Hours = [["09:00", "17:30"]] * 5 + [None] * 2
    links = [["Runbooks", "https://example.com/runbooks"]]
    said = Details("she/her", "English", week, away_until=away, stand_in=zed, links=links)
    edit_details(ada, said, by=ada)
    similar = make_topic(office.workshop, by=office.people["ben"], title="Tunnel drops at noon")
    related, duplicate = TopicLink.Kind.RELATED, TopicLink.Kind.DUPLICATE
    TopicLink.objects.create(source=office.question, target=similar, kind=duplicate)
    TopicLink.objects.create(source=office.question, target=office.article, kind=related)
    unused = Tag.objects.create(name="telex")
    TagCount.objects.create(tag=unused, space=office.workshop)
    tag = Tag.objects.get(name="vpn")
    describe_tag(tag, by=office.people["root"], source="Virtual *private* networks.")
    add_synonym(tag, by=office.people["root"], name="tunnel")
    restrict_tag(tag, by=office.people["root"], moderators_only=True)
    prefer_tag(tag, by=office.people["ivo"], level=TagPreference.Level.FOLLOW)
    Origin.objects.create(
        system="elsewhere.example",
        kind="answer",
        external_id="7",
        object_id=office.answer.pk,
        url="https://elsewhere.example/a/7",
        author_url="https://elsewhere.example/u/1",
        licence="CC BY-SA 4.0",
    )


def _saved(office: Office) -> None:
    """Ada's: with a note, with a reminder that is due, done, and no longer in sight."""
    ada, zed = office.people["ada"], office.people["zed"]
    tomorrow = timezone.now() + timedelta(days=1)
    due = save_post(office.answer, by=ada)
    note_saved(due, by=ada, note="Try this at home.", remind_at=tomorrow)
    SavedPost.objects.filter(pk=due.pk).update(remind_at=timezone.now() - timedelta(days=2))
    note_saved(save_post(office.edited, by=ada), by=ada, note="", remind_at=tomorrow)
    finish_saved(save_post(opening(office.article), by=ada), by=ada)
    save_post(opening(office.discussion), by=zed)
    SavedPost.objects.create(person=ada, post=opening(office.deleted), note="Was it on?")
    SavedPost.objects.create(person=zed, post=opening(office.hidden))


def _drafts(office: Office) -> None:
    """Ada's, one for each kind of form, and one about what she doesn't find any more."""
    ada, topic = office.people["ada"], office.discussion.public_id
    save_draft(Place(Form.SHARE), {"url": "https://example.org/", "source": "See"}, by=ada)
    save_draft(Place(Form.TOPIC, topic), {"source": "I would like *one*."}, by=ada)
    save_draft(Place(Form.COMMENT, office.answer.public_id), {"source": "Does it"}, by=ada)
    edit = Place(Form.EDIT, office.edited.public_id)
    save_draft(edit, {"source": "Better", "version": "3"}, by=ada)
    Draft.objects.create(person=ada, place="topic:gone", texts={"source": "Lost"})


def _background_work(people: dict[str, User]) -> None:
    """Of every kind that the page of background work knows, one that went well and one not."""
    event = Event.objects.order_by("id")[0]
    fault = "ValueError: no\n  in count_tags"
    ParkedEvent.objects.create(handler="discussions.sample", event=event, error=fault)
    ScheduledRun.objects.create(name="reap-jobs", last_at=timezone.now(), error=fault)
    Fanout.objects.create(kind="rerender", rows=500, error=fault)
    Fanout.objects.create(kind="rename", rows=7)
    for state in JobState:
        BackgroundJob.objects.create(
            task="sample.count",
            label="Count everything",
            owner=people["root"],
            state=state,
            done_rows=3,
            total_rows=9,
            error=fault if state == JobState.DEAD else "",
        )
