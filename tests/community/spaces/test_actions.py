import re
import threading
import time
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from pytest_django import Settings

from community.accounts.models import User
from community.events import SPACE_CREATED, SPACE_EDITED
from community.outbox.models import Event
from community.outbox.recording import action
from community.spaces.access import get_space, role_in
from community.spaces.actions import MAX_RULES, SpaceSettings, create_space, edit_space
from community.spaces.models import Joining, Role, Space, SpaceRedirect, Visibility
from community.text.references import Target
from frontend.icons import names
from tests.factories.community import make_person
from tests.factories.discussions import make_topic

IN_TRANSACTION: list[bool] = []


def people(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
    IN_TRANSACTION.append(connection.in_atomic_block)
    return {}


TABLE = {"person": people}


def names_of_events(space: Space) -> list[str]:
    found = Event.objects.filter(space_id=space.pk).order_by("id")
    return list(found.values_list("name", flat=True))


def test_space_belongs_to_whoever_opened_it(ada: User) -> None:
    space = create_space(
        SpaceSettings(name="  Field   sales ", description=" One \n two ", rules="- *Be brief*"),
        by=ada,
    )

    assert (space.name, space.slug, space.description) == ("Field sales", "field-sales", "One two")
    assert "<em>Be brief</em>" in space.rules_html
    assert [(m.person, m.role) for m in space.memberships.all()] == [(ada, Role.OWNER)]
    assert (space.member_count, names_of_events(space)) == (1, [SPACE_CREATED])


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"name": " \n"}, ["name"]),
        ({"name": "x" * 81}, ["name"]),
        ({"name": "x", "description": "x" * 501}, ["description"]),
        ({"name": "x", "rules": "x" * (MAX_RULES + 1)}, ["rules"]),
        ({"name": "x", "hue": 0}, ["hue"]),
        ({"name": "x", "hue": 13}, ["hue"]),
        ({"name": "x", "icon": '"><script>'}, ["icon"]),
        ({"name": "", "hue": 99}, ["hue", "name"]),
    ],
)
def test_bad_settings_are_refused_at_their_fields(
    ada: User, fields: dict[str, object], wrong: list[str]
) -> None:
    with pytest.raises(ValidationError) as error:
        create_space(SpaceSettings(**fields), by=ada)  # type: ignore[arg-type]  # varied fields

    assert sorted(error.value.message_dict) == wrong
    assert not Space.objects.exists()


def test_settings_at_every_limit_are_taken(ada: User) -> None:
    chosen = SpaceSettings(
        name="x" * 80, description="x" * 500, rules="x" * MAX_RULES, hue=12, icon=names()[-1]
    )
    space = create_space(chosen, by=ada)

    assert (len(space.name), len(space.description), len(space.rules_source)) == (80, 500, 5000)


@pytest.mark.parametrize(
    ("visibility", "chosen", "kept"),
    [
        (Visibility.OPEN, Joining.INVITATION, Joining.AT_ONCE),
        (Visibility.OPEN, Joining.REQUEST, Joining.AT_ONCE),
        (Visibility.CLOSED, Joining.AT_ONCE, Joining.REQUEST),
        (Visibility.CLOSED, Joining.INVITATION, Joining.INVITATION),
        (Visibility.SECRET, Joining.AT_ONCE, Joining.INVITATION),
        (Visibility.SECRET, Joining.REQUEST, Joining.INVITATION),
    ],
)
def test_way_in_fits_who_may_read(
    ada: User, visibility: Visibility, chosen: Joining, kept: Joining
) -> None:
    space = create_space(SpaceSettings(name="x", visibility=visibility, joining=chosen), by=ada)

    assert space.joining == kept


def test_names_alike_get_slugs_of_their_own(ada: User) -> None:
    spaces = [create_space(SpaceSettings(name=f"Sales{end}"), by=ada) for end in ("", "!", "?")]

    assert [space.slug for space in spaces] == ["sales", "sales-2", "sales-3"]


def test_new_name_brings_a_new_slug_and_the_old_one_leads_on(ada: User, zed: User) -> None:
    space = create_space(SpaceSettings(name="Sales"), by=ada)

    moved = edit_space(space, SpaceSettings(name="Field sales"), by=ada)

    assert moved.slug == "field-sales"
    assert get_space("sales", viewer=zed) == space
    assert names_of_events(space) == [SPACE_CREATED, SPACE_EDITED]
    assert create_space(SpaceSettings(name="Sales"), by=ada).slug == "sales-2"


def test_name_that_comes_back_takes_its_slug_back(ada: User) -> None:
    space = create_space(SpaceSettings(name="Sales"), by=ada)
    edit_space(space, SpaceSettings(name="Field sales"), by=ada)

    back = edit_space(space, SpaceSettings(name="Sales"), by=ada)

    assert back.slug == "sales"
    assert [row.slug for row in SpaceRedirect.objects.all()] == ["field-sales"]


def test_same_name_keeps_a_slug_that_was_chosen(ada: User) -> None:
    space = create_space(SpaceSettings(name="Field sales"), by=ada, slug="dach")

    assert edit_space(space, SpaceSettings(name=" Field  sales"), by=ada).slug == "dach"


def test_settings_are_changed_by_owners_and_those_who_manage_spaces(
    space: Space, closed: Space, secret: Space, ada: User, zed: User, admin: User
) -> None:
    edit_space(space, SpaceSettings(name="One"), by=admin)

    strangers = ((space, zed), (closed, ada), (closed, admin), (secret, ada), (secret, admin))
    for place, person in strangers:
        with pytest.raises(PermissionDenied):
            edit_space(
                place, SpaceSettings(name="X", visibility=Visibility(place.visibility)), by=person
            )
    assert sorted(Space.objects.values_list("name", flat=True)) == ["Backroom", "Cellar", "One"]


def test_visibility_stays(space: Space, mia: User) -> None:
    with pytest.raises(ValidationError) as error:
        edit_space(space, SpaceSettings(name="x", visibility=Visibility.SECRET), by=mia)

    assert sorted(error.value.message_dict) == ["visibility"]


def test_rules_link_people_and_show_no_title_that_could_become_private(
    ada: User, space: Space
) -> None:
    topic = make_topic(space, by=ada, title="Who will go")

    made = create_space(
        SpaceSettings(name="Field", rules=f"Ask @ada, see [[t:{topic.public_id}]] #vpn"), by=ada
    )

    assert made.rules_html == (
        '<p dir="auto">Ask <a class="mention" href="/p/ada">@ada</a>,'
        f" see [[t:{topic.public_id}]] #vpn</p>\n"
    )


def test_rules_are_rendered_before_the_transaction(
    ada: User, space: Space, settings: Settings, transactional_db: None
) -> None:
    settings.REFERENCE_KINDS = f"{__name__}.TABLE"
    IN_TRANSACTION.clear()

    made = create_space(SpaceSettings(name="Field", rules="@ada"), by=ada)
    edit_space(made, SpaceSettings(name="Field", rules="@ada!"), by=ada)

    assert IN_TRANSACTION == [False, False]


def test_two_spaces_of_names_alike_opened_at_once_get_two_addresses(transactional_db: None) -> None:
    ada, opened = make_person("Ada"), threading.Event()

    @action
    def open_slowly() -> None:
        create_space(SpaceSettings(name="Field"), by=ada)
        opened.set()
        time.sleep(0.4)

    def slowly() -> None:
        try:
            open_slowly()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        first = pool.submit(slowly)
        opened.wait(5)
        create_space(SpaceSettings(name="Field!"), by=ada)
        first.result()

    assert sorted(Space.objects.values_list("slug", flat=True)) == ["field", "field-2"]


def test_slug_of_a_secret_space_stands_in_nobodys_way(ada: User, ben: User) -> None:
    hidden = SpaceSettings(name="Project Heron", visibility=Visibility.SECRET)
    first, second = create_space(hidden, by=ada), create_space(hidden, by=ada)
    renamed = edit_space(first, replace(hidden, name="Northgate"), by=ada)

    heron = create_space(SpaceSettings(name="Project Heron"), by=ben)
    northgate = create_space(SpaceSettings(name="Northgate"), by=ben)

    assert (heron.slug, northgate.slug) == ("project-heron", "northgate")
    assert re.fullmatch(r"northgate-[2-9a-z]{6}", renamed.slug)
    assert re.fullmatch(r"project-heron-[2-9a-z]{6}", second.slug)


@pytest.mark.parametrize("name", ["backroom", " BACK\u200broom ", "\uff22ackroom"])
def test_name_that_reads_like_that_of_a_listed_space_is_refused(
    space: Space, closed: Space, mia: User, name: str
) -> None:
    with pytest.raises(ValidationError) as opened:
        create_space(SpaceSettings(name=name), by=mia)
    with pytest.raises(ValidationError) as renamed:
        edit_space(space, SpaceSettings(name=name), by=mia)

    assert opened.value.message_dict == renamed.value.message_dict
    assert sorted(opened.value.message_dict) == ["name"]


def test_name_of_a_secret_space_is_free_for_others(secret: Space, zed: User) -> None:
    assert create_space(SpaceSettings(name="Cellar"), by=zed).name == "Cellar"


def test_name_of_a_space_keeps_nothing_unseen(ada: User) -> None:
    assert create_space(SpaceSettings(name="Field\u202e\x07 sales"), by=ada).name == "Field sales"
    with pytest.raises(ValidationError, match="Give the space a name"):
        create_space(SpaceSettings(name="\u200b\u2060"), by=ada)


def test_owner_who_was_put_out_meanwhile_changes_no_settings(space: Space, mia: User) -> None:
    assert role_in(space, mia) == Role.OWNER
    space.memberships.filter(person=mia).delete()

    with pytest.raises(PermissionDenied):
        edit_space(space, SpaceSettings(name="Attic"), by=mia)
