"""What people of the office wrote, shared, collected, saved and began."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from community.accounts.models import User
from community.attachments.actions import attach
from community.jobs.models import BackgroundJob, JobState
from community.profiles.actions import Details, Hours, edit_details
from community.spaces.models import Space
from discussions.answers.actions import accept_answer, remove_post
from discussions.drafts.actions import save_draft
from discussions.drafts.models import Draft
from discussions.drafts.places import Form, Place
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
from discussions.topics.actions import blank_revision, edit_post
from discussions.topics.models import Origin, Post, Topic, TopicLink
from learning.collections.actions import create_collection, delete_collection, set_people
from learning.collections.following import follow_collection
from learning.collections.items import add_item
from learning.collections.models import Collection, CollectionItem
from tests.factories.discussions import make_answer, make_comment, make_link, make_topic, opening
from tests.factories.files import make_picture
from tests.house.office import Office

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


def make_question(people: dict[str, User], space: Space) -> tuple[Topic, Post]:
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


def make_tunnels(people: dict[str, User], workshop: Space) -> Topic:
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


def make_collections(
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


def make_sheets(space: Space, by: User) -> list[Sheet]:
    """One in each state that its page knows."""
    now, fault = timezone.now(), [2, "title", "Give the topic a title."]
    left_out = {"rows": 3, "left_out": [2, 3]}
    states: list[dict[str, Any]] = [
        {},
        {"checked_at": now, "questions": 2, "answers": 1},
        {"checked_at": now, "faults": [fault], "fault_count": 1},
        {"checked_at": now, "questions": 1, "faults": [fault], "fault_count": 1} | left_out,
        {"checked_at": now, "questions": 1, "started_at": now, "imported_at": now} | left_out,
        {"checked_at": now, "questions": 1, "started_at": now},
    ]
    sheets = [send_sheet(space, b"title,question,tags\n", by=by) for _state in states]
    for sheet, state in zip(sheets, states, strict=True):
        Sheet.objects.filter(pk=sheet.pk).update(**state)
        if state:
            BackgroundJob.objects.filter(pk=sheet.job_id or 0).update(state=JobState.DONE)
    return sheets


def make_relations(office: Office) -> None:
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


def make_saved(office: Office) -> None:
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


def make_drafts(office: Office) -> None:
    """Ada's, one for each kind of form, and one about what she doesn't find any more."""
    ada, topic = office.people["ada"], office.discussion.public_id
    save_draft(Place(Form.SHARE), {"url": "https://example.org/", "source": "See"}, by=ada)
    save_draft(Place(Form.TOPIC, topic), {"source": "I would like *one*."}, by=ada)
    save_draft(Place(Form.COMMENT, office.answer.public_id), {"source": "Does it"}, by=ada)
    edit = Place(Form.EDIT, office.edited.public_id)
    save_draft(edit, {"source": "Better", "version": "3"}, by=ada)
    Draft.objects.create(person=ada, place="topic:gone", texts={"source": "Lost"})
