"""Settings of a space: who changes them, and two who change them at once."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client

from community.accounts.models import User
from community.events import SPACE_CREATED, SPACE_EDITED
from community.http.conflicts import EditConflict
from community.outbox.models import Event
from community.spaces.actions import SpaceSettings, create_space, edit_space
from community.spaces.models import Joining, Membership, Role, Space, Visibility
from tests.factories.community import make_person, make_space

SETTINGS = {
    "name": "Field sales",
    "description": "First calls.",
    "rules": "Be brief.",
    "hue": "3",
    "icon": "handshake",
    "allows_down_votes": "on",
    "version": "1",
}


def test_settings_are_saved_under_a_new_address(client: Client, space: Space, mia: User) -> None:
    client.force_login(mia)

    answer = client.post("/s/workshop/settings", SETTINGS | {"icon": "laptop"})

    space.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, "/s/field-sales/settings")
    assert (space.name, space.rules_source, space.icon) == ("Field sales", "Be brief.", "laptop")


def test_settings_keep_the_way_in_of_a_closed_space(
    client: Client, closed: Space, mia: User
) -> None:
    client.force_login(mia)

    client.post("/s/backroom/settings", SETTINGS | {"name": "Backroom", "joining": "invitation"})

    closed.refresh_from_db()
    assert (closed.joining, closed.visibility) == (Joining.INVITATION, Visibility.CLOSED)


def test_icon_from_elsewhere_can_be_kept(client: Client, space: Space, mia: User) -> None:
    Space.objects.update(icon="wifi")
    client.force_login(mia)

    answer = client.post("/s/workshop/settings", SETTINGS | {"icon": "wifi"})

    assert (answer.status_code, Space.objects.get().icon) == (303, "wifi")


@pytest.mark.parametrize("method", ["get", "post"])
def test_settings_are_for_owners(
    client: Client, space: Space, zed: User, ada: User, method: str
) -> None:
    Membership.objects.create(space=space, person=ada, role=Role.MODERATOR)
    for person in (zed, ada):
        client.force_login(person)
        answer = getattr(client, method)("/s/workshop/settings", SETTINGS)
        assert answer.status_code == 403
        assert "Only owners of the space change its settings." in answer.content.decode()
    assert Space.objects.get().name == "Workshop"


@pytest.mark.parametrize("visibility", Visibility.values)
def test_form_can_be_sent_as_the_page_shows_it(client: Client, mia: User, visibility: str) -> None:
    space = make_space("Help", owner=mia, visibility=Visibility(visibility))
    client.force_login(mia)
    page = client.get(f"{space.url}/settings")
    html, form = page.content.decode(), page.context["form"]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    names = [name for name in form.fields if f'name="{name}"' in html and form[name].value()]
    fields = {name: form[name].value() for name in names} | hidden

    answer = client.post(f"{space.url}/settings", fields | {"description": "Ask away"})

    space.refresh_from_db()
    assert (answer.status_code, space.description) == (303, "Ask away")


def test_later_of_two_owners_sees_both_settings_and_keeps_what_was_typed(
    client: Client, space: Space, mia: User, admin: User
) -> None:
    client.force_login(admin)
    client.post("/s/workshop/settings", SETTINGS | {"rules": "Be kind.", "hue": "5"})
    client.force_login(mia)

    answer = client.post("/s/workshop/settings", SETTINGS | {"name": "Workshop"}, follow=True)

    page, form = answer.content.decode(), answer.context["form"]
    space.refresh_from_db()
    assert (answer.status_code, space.name, space.rules_source) == (409, "Field sales", "Be kind.")
    assert [(one.label, one.saved) for one in answer.context["overlaps"]] == [
        ("Name", "Field sales"),
        ("What belongs here", "Be kind."),
        ("Colour", "5"),
    ]
    assert ("Be kind.</dd>" in page, "Be brief.</textarea>" in page) == (True, True)
    assert {name: form[name].value() for name in ("name", "hue", "version")} == {
        "name": "Workshop",
        "hue": 3,
        "version": 2,
    }
    saved = client.post("/s/field-sales/settings", SETTINGS | {"name": "Workshop", "version": "2"})
    space.refresh_from_db()
    assert (saved.status_code, space.name, space.settings_version) == (303, "Workshop", 3)


def test_settings_that_are_sent_twice_are_saved_once(
    client: Client, space: Space, mia: User
) -> None:
    client.force_login(mia)

    first = client.post("/s/workshop/settings", SETTINGS)
    again = client.post("/s/field-sales/settings", SETTINGS)

    space.refresh_from_db()
    assert (first.status_code, again.status_code, space.settings_version) == (303, 303, 2)


def test_settings_that_stay_the_same_make_no_version(ada: User) -> None:
    space = create_space(SpaceSettings(name="Field"), by=ada)

    same = edit_space(space, SpaceSettings(name=" Field "), by=ada, based_on=7)

    names = Event.objects.filter(space_id=space.pk).values_list("name", flat=True)
    assert (same.settings_version, list(names)) == (1, [SPACE_CREATED])


def test_two_who_save_at_once_do_not_overwrite_each_other(transactional_db: None) -> None:
    ada = make_person("Ada")
    space = create_space(SpaceSettings(name="Field"), by=ada)
    ready, told = threading.Barrier(2), []

    def save(description: str) -> None:
        try:
            ready.wait(5)
            edit_space(space, SpaceSettings("Field", description), by=ada, based_on=1)
            told.append("saved")
        except EditConflict:
            told.append("conflict")
        finally:
            connection.close()

    running = [threading.Thread(target=save, args=(text,)) for text in ("one", "two")]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()

    space.refresh_from_db()
    assert (sorted(told), space.settings_version) == (["conflict", "saved"], 2)
    assert Event.objects.filter(name=SPACE_EDITED).count() == 1
