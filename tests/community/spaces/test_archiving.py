"""A space that is put away: readable, marked, out of the way, and back when somebody needs it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from community.accounts.models import User
from community.events import SPACE_ARCHIVED, SPACE_UNARCHIVED
from community.outbox.models import Event
from community.spaces.actions import SpaceSettings, edit_space
from community.spaces.archiving import archive_space, unarchive_space
from community.spaces.bringing_in import may_bring_in, moderated_spaces, spaces_to_offer
from community.spaces.membership import invite_to_space, join_space, leave_space
from community.spaces.models import Space, SpaceInvitation, Visibility
from community.spaces.queries import directory, writable_spaces
from community.spaces.requests import approve_request, request_to_join
from config.shell import my_spaces
from discussions.topics.models import Topic

pytestmark = pytest.mark.slow


def test_owner_archives_once_and_takes_it_out_again(space: Space, mia: User) -> None:
    archive_space(space, by=mia)
    archive_space(space, by=mia)
    space.refresh_from_db()
    archival = space.archivals.get()
    assert (space.archived_at, archival.by, archival.ended_at) == (archival.at, mia, None)

    unarchive_space(space, by=mia)
    unarchive_space(space, by=mia)
    space.refresh_from_db()
    archival.refresh_from_db()
    assert (space.archived_at, archival.ended_by, archival.ended_at is None) == (None, mia, False)
    told = Event.objects.filter(space_id=space.pk, name__endswith="archived").order_by("id")
    assert [event.name for event in told] == [SPACE_ARCHIVED, SPACE_UNARCHIVED]


@pytest.mark.parametrize("act", [archive_space, unarchive_space])
def test_only_owners_archive(
    closed: Space, kim: User, ada: User, admin: User, act: Callable[..., Space]
) -> None:
    for by in (kim, ada, admin):
        with pytest.raises(PermissionDenied):
            act(closed, by=by)


def test_nobody_comes_in_to_an_archived_space(
    space: Space, closed: Space, mia: User, zed: User, ada: User
) -> None:
    asked = request_to_join(closed, by=zed)
    invite_to_space(space, ada, by=mia)
    for place in (space, closed):
        archive_space(place, by=mia)
    tries: list[Callable[[], object]] = [
        lambda: join_space(space, by=zed),
        lambda: join_space(space, by=ada),
        lambda: request_to_join(closed, by=zed, message="Again"),
        lambda: approve_request(asked, by=mia),
        lambda: invite_to_space(closed, zed, by=mia),
        lambda: edit_space(
            closed, SpaceSettings(name="Other", visibility=Visibility.CLOSED), by=mia
        ),
    ]
    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()
    assert SpaceInvitation.objects.get().person == ada


def test_archived_space_is_no_place_to_bring_people_to(space: Space, mia: User) -> None:
    assert may_bring_in(space, mia)
    archive_space(space, by=mia)
    space.refresh_from_db()

    offered = {*spaces_to_offer(mia), *moderated_spaces(mia)}
    assert (may_bring_in(space, mia), space in offered) == (False, False)


def test_members_still_leave_an_archived_space(closed: Space, mia: User, ada: User) -> None:
    archive_space(closed, by=mia)

    leave_space(closed, by=ada)

    assert not closed.memberships.filter(person=ada).exists()


def test_archived_space_stands_among_the_archived_ones_only(
    space: Space, closed: Space, mia: User
) -> None:
    archive_space(space, by=mia)

    shown = {
        show: [one.name for one in directory(mia, show=show)]
        for show in ("", "mine", "open", "closed", "archived")
    }
    assert shown == {
        "": ["Backroom"],
        "mine": ["Backroom"],
        "open": [],
        "closed": ["Backroom"],
        "archived": ["Workshop"],
    }
    assert [link.name for link in my_spaces(mia, "/")] == ["Backroom"]
    assert [one.name for one in writable_spaces(mia)] == ["Backroom"]


def test_archived_topics_are_read_and_leave_what_is_new(
    client: Client, space: Space, question: Topic, ben: User, mia: User
) -> None:
    join_space(space, by=ben)
    client.force_login(ben)
    for page in ("/questions", "/"):
        assert question.title in client.get(page).content.decode()

    archive_space(space, by=mia)

    for page in ("/questions", "/discussions", "/"):
        assert question.title not in client.get(page).content.decode()
    for page in ("/s/workshop", "/tags/vpn", "/p/ada"):
        assert question.title in client.get(page).content.decode()
    topic = client.get(question.get_absolute_url()).content.decode()
    assert "Everything" not in topic
    assert topic.count("This space is archived.") == 1
    assert 'id="compose"' not in topic
    assert "/votes" not in topic


def test_owner_is_asked_first_and_told_what_happened(
    client: Client, space: Space, mia: User
) -> None:
    client.force_login(mia)
    assert '/s/workshop/archival"' in client.get("/s/workshop/settings").content.decode()
    assert "Archive Workshop?" in client.get("/s/workshop/archival").content.decode()
    space.refresh_from_db()
    assert space.archived_at is None

    done = client.post("/s/workshop/archival", follow=True).content.decode()
    assert ("Workshop is archived." in done, "nothing is added" in done) == (True, True)
    settings = client.get("/s/workshop/settings").content.decode()
    assert ("Take it out of the archive" in settings, "Save the settings" in settings) == (
        True,
        False,
    )

    client.post("/s/workshop/archival/removal")
    space.refresh_from_db()
    assert space.archived_at is None


def test_archiving_is_refused_to_members(client: Client, space: Space, zed: User) -> None:
    join_space(space, by=zed)
    client.force_login(zed)

    answers = [client.get("/s/workshop/archival"), client.post("/s/workshop/archival")]

    space.refresh_from_db()
    assert ([answer.status_code for answer in answers], space.archived_at) == ([403, 403], None)
