"""One of everything that pages show: people of every kind, places, topics in every state."""

from datetime import timedelta

from django.utils import timezone

from community.accounts.models import User
from community.following.actions import follow_person
from community.spaces.archiving import archive_space
from community.spaces.membership import invite_to_space
from community.spaces.models import Space, Visibility
from community.spaces.requests import decline_request, request_to_join
from discussions.answers.actions import remove_post
from discussions.exports.actions import ask_for_export
from discussions.topics.actions import close_topic, move_topic, pin_topic
from discussions.topics.models import Kind, Topic
from discussions.topics.moves import preview_move
from tests.factories.community import make_space
from tests.factories.discussions import make_reply, make_topic, opening
from tests.factories.fields import ask_for_more
from tests.house.films import share_film
from tests.house.office import Office
from tests.house.office_content import (
    RICH,
    make_collections,
    make_drafts,
    make_question,
    make_relations,
    make_saved,
    make_sheets,
    make_tunnels,
)
from tests.house.office_people import (
    make_background_work,
    make_invitations,
    make_leads,
    make_people,
    make_rosters,
    welcome_guests,
)


def make_office() -> Office:
    people = make_people()
    workshop, backroom, cellar = _places(people)
    question, answer = make_question(people, workshop)
    ada, mia = people["ada"], people["mia"]
    discussion, article, closed, deleted = _threads(people, workshop)
    invited, link, asked = make_invitations(people, workshop)
    shared = make_tunnels(people, workshop)
    collection, items = make_collections(people, workshop, [shared, article])
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
        audience=make_leads(people, workshop),
        field=ask_for_more(people),
        rosters=make_rosters(people["root"]),
        invited=invited,
        invitation_link=link,
        asked=asked,
        export=ask_for_export(by=ada),
        sheets=make_sheets(workshop, mia),
        collection=collection,
        items=items,
    )
    make_topic(workshop, by=mia, kind=Kind.ANNOUNCEMENT, title="The lift is being mended")
    make_relations(office)
    make_drafts(office)
    make_saved(office)
    follow_person(office.people["ben"], by=office.people["ada"])
    make_background_work(people)
    welcome_guests(people)
    return office


def _threads(people: dict[str, User], workshop: Space) -> tuple[Topic, Topic, Topic, Topic]:
    """A discussion with replies, a pinned article, a closed and a deleted question."""
    ada, ben, mia = people["ada"], people["ben"], people["mia"]
    discussion = make_topic(workshop, by=ben, kind=Kind.DISCUSSION, title="Desks by the window")
    make_reply(discussion, by=ada, reply_to=make_reply(discussion, by=mia))
    article = make_topic(workshop, by=mia, kind=Kind.ARTICLE, title="How to ship", source=RICH)
    pin_topic(article, by=mia, until=timezone.now() + timedelta(days=3))
    closed = make_topic(workshop, by=ada, title="Is it raining?")
    close_topic(closed, by=mia, reason="Look out of the window")
    deleted = make_topic(workshop, by=ada, title="Is this thing on?")
    remove_post(opening(deleted), by=ada)
    return discussion, article, closed, deleted


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
