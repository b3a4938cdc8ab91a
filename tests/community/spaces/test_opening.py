"""Changing who may read a space, with a look at whom it changes what for."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from community.accounts.models import User
from community.spaces.access import can_read
from community.spaces.membership import join_space
from community.spaces.models import Joining, Space, Visibility
from community.spaces.opening import change_visibility, mark_as, sight_as
from community.spaces.sight import SightChanged
from discussions.topics.models import Topic
from tests.factories.community import make_person, make_space
from tests.factories.discussions import make_topic, opening

pytestmark = pytest.mark.slow

OPEN, CLOSED, SECRET = Visibility.OPEN, Visibility.CLOSED, Visibility.SECRET


def change(space: Space, to: Visibility, by: User) -> Space:
    space.refresh_from_db()
    return change_visibility(space, to, by=by, seen=mark_as(space, to))


def people(space: Space, to: Visibility) -> tuple[list[str], list[str]]:
    found = sight_as(space, to)
    return sorted(p.name for p in found.gains), sorted(p.name for p in found.losses)


def test_preview_names_those_who_gain_and_lose_sight(
    space: Space, closed: Space, zed: User, ada: User
) -> None:
    User.objects.filter(pk=make_person("Gus").pk).update(is_active=False)

    assert people(closed, OPEN) == (["Zed"], [])
    assert people(closed, SECRET) == ([], [])
    assert people(space, CLOSED) == ([], ["Ada", "Ben", "Zed"])


def test_change_holds_with_the_next_query(
    space: Space, question: Topic, mia: User, zed: User
) -> None:
    assert Topic.objects.visible_to(zed).get() == question

    space = change(space, CLOSED, mia)
    assert (Topic.objects.visible_to(zed).count(), can_read(space, zed)) == (0, False)
    assert space.joining == Joining.REQUEST

    space = change(space, OPEN, mia)
    assert (Topic.objects.visible_to(zed).get(), space.joining) == (question, Joining.AT_ONCE)


def test_secret_space_has_an_address_of_its_own_and_old_links_lead_to_it(
    client: Client, space: Space, mia: User, zed: User
) -> None:
    space = change(space, SECRET, mia)
    assert (space.slug.startswith("workshop-"), space.joining) == (True, Joining.INVITATION)

    client.force_login(mia)
    assert client.get("/s/workshop", follow=True).redirect_chain == [(space.url, 302)]
    client.force_login(zed)
    assert client.get("/s/workshop").status_code == 404

    tail = space.slug
    assert change(space, CLOSED, mia).slug == "workshop"
    client.force_login(mia)
    assert client.get(f"/s/{tail}", follow=True).redirect_chain == [("/s/workshop", 302)]


def test_secret_space_is_not_opened_under_a_name_that_is_taken(secret: Space, mia: User) -> None:
    make_space("cellar", owner=mia)

    with pytest.raises(ValidationError) as error:
        change(secret, OPEN, mia)
    assert list(error.value.message_dict) == ["name"]


def test_only_owners_change_it(closed: Space, kim: User, ada: User, admin: User, zed: User) -> None:
    for by in (kim, ada, admin, zed):
        with pytest.raises(PermissionDenied):
            change(closed, OPEN, by)


def test_what_was_not_seen_is_not_done(
    client: Client, closed: Space, mia: User, question: Topic
) -> None:
    client.force_login(mia)
    page = client.get("/s/backroom/visibility?to=open")
    sent = {"to": "open", "seen": page.context["mark"]}
    assert page.context["gains"] == 0
    make_person("Zed")

    again = client.post("/s/backroom/visibility?to=open", sent)

    closed.refresh_from_db()
    assert (again.status_code, closed.visibility, again.context["gains"]) == (409, CLOSED, 1)
    assert "Look at it again" in again.content.decode()
    done = client.post("/s/backroom/visibility", sent | {"seen": again.context["mark"]})
    closed.refresh_from_db()
    assert (done["Location"], closed.visibility) == ("/s/backroom/about", OPEN)


def test_topic_that_came_meanwhile_is_shown_first(closed: Space, mia: User, ada: User) -> None:
    seen = mark_as(closed, OPEN)
    make_topic(closed, by=ada)

    with pytest.raises(SightChanged):
        change_visibility(closed, OPEN, by=mia, seen=seen)


def test_list_of_people_has_pages(client: Client, closed: Space, mia: User) -> None:
    for number in range(26):
        make_person(f"Person {number:02}")
    client.force_login(mia)

    first = client.get("/s/backroom/visibility?to=open&show=gains")
    older = first.context["page"].older
    second = client.get(f"/s/backroom/visibility?to=open&show=gains&after={older}")

    assert (first.context["gains"], len(first.context["page"].rows)) == (26, 25)
    assert [person.name for person in second.context["page"].rows] == ["Person 25"]


@pytest.mark.parametrize("to", ["", "closed", "ajar", "\x7f"])
def test_nothing_is_previewed_for_what_it_is_already_or_can_not_be(
    client: Client, closed: Space, mia: User, to: str
) -> None:
    client.force_login(mia)

    page = client.get("/s/backroom/visibility", {"to": to})
    sent = client.post("/s/backroom/visibility", {"to": to})

    assert (page.status_code, sent.status_code, "mark" in page.context) == (200, 200, False)


def test_titles_in_texts_elsewhere_follow(
    space: Space,
    closed: Space,
    question: Topic,
    ada: User,
    mia: User,
    handle_events: Callable[[], None],
) -> None:
    join_space(space, by=ada)
    naming = opening(make_topic(closed, by=ada, source=f"See [[t:{question.public_id}]]."))

    def shown() -> bool:
        handle_events()
        naming.refresh_from_db()
        return question.title in naming.html

    assert shown()
    space = change(space, CLOSED, mia)
    assert not shown()
    change(space, OPEN, mia)
    assert shown()
