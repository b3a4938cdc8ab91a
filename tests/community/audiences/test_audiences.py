import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.actions import Profile, add_colleague
from community.accounts.models import User
from community.accounts.times import today
from community.audiences.actions import (
    Members,
    create_audience,
    invite_audience,
    remove_default_space,
    set_default_space,
)
from community.audiences.models import Audience, DefaultSpace
from community.audiences.queries import members_of
from community.jobs.models import BackgroundJob
from community.jobs.worker import JobWorker
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Membership, Space, SpaceInvitation
from tests.factories.community import make_job, make_person, make_unit

pytestmark = pytest.mark.slow


@pytest.fixture
def manager(mia: User) -> User:
    """Mia manages people; she owns the spaces of the cast."""
    grant_capability(mia, Capability.PEOPLE, by=None)
    return mia


def test_members_are_those_named_and_those_who_work_in_the_units_today(
    manager: User, ada: User, ben: User, zed: User
) -> None:
    firm = make_unit("Firm")
    team = make_unit("Team", parent=firm)
    make_job(ben, team)
    gone, later, left = make_person("Gus"), make_person("Lea"), make_person("Lou")
    make_job(gone, team)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    make_job(later, team, from_on=today() + timedelta(days=1))
    make_job(left, team)
    make_job(left, make_unit("Elsewhere"), from_on=today())
    audience = create_audience(Members("All", people=[ada, gone], units=[firm]), by=manager)

    assert set(members_of(audience)) == {ada, ben}
    assert set(members_of(create_audience(Members("Nobody"), by=manager))) == set()


def test_stranger_neither_sees_nor_changes_audiences(
    client: Client, manager: User, zed: User, space: Space
) -> None:
    audience = create_audience(Members("Leads of the night"), by=manager)
    default = set_default_space(make_unit(), space, by=manager)
    client.force_login(zed)
    path = audience.get_absolute_url()
    pages = ["/admin/audiences", "/admin/audiences/new", path, f"{path}/edit"]
    writes = [
        "/admin/audiences/new",
        f"{path}/edit",
        f"{path}/removal",
        f"{path}/invitations",
        "/admin/default-spaces",
        f"/admin/default-spaces/{default.public_id}/removal",
    ]

    assert {client.get(page).status_code for page in [*pages, writes[4]]} == {403}
    assert {client.post(page, {"name": "x"}).status_code for page in writes} == {403}
    assert [row.name for row in Audience.objects.all()] == ["Leads of the night"]
    assert DefaultSpace.objects.count() == 1


def test_audience_is_made_and_edited_by_forms(client: Client, manager: User, ada: User) -> None:
    unit = make_unit("Team")
    client.force_login(manager)
    fields = {"name": "Leads", "people": "@ada, mia", "units": [unit.public_id]}

    made = client.post("/admin/audiences/new", fields)
    audience = Audience.objects.get()
    assert (made.status_code, made["Location"]) == (303, audience.get_absolute_url())
    assert set(audience.people.all()) == {ada, manager}

    edit = f"{audience.get_absolute_url()}/edit"
    assert 'value="Leads"' in client.get(edit).content.decode()
    saved = client.post(edit, {"name": "Leads", "people": "", "version": "1"})
    assert (saved.status_code, list(members_of(audience))) == (303, [])
    late = client.post(edit, {"name": "Others", "people": "@ada", "version": "1"})
    assert (late.status_code, b'value="Others"' in late.content) == (409, True)
    audience.refresh_from_db()
    assert audience.name == "Leads"


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"name": " "}, {"name": ["Fill this in: Name."]}),
        ({"name": "LEADS"}, {"name": ["An audience has this name already."]}),
        ({"name": "x", "people": "@nobody"}, {"people": ["Nobody has the handle “nobody”."]}),
        (
            {"name": "x", "people": "@one @mia, two"},
            {"people": ["Nobody has the handles “one”, “two”."]},
        ),
    ],
)
def test_bad_audience_is_shown_again(
    client: Client, manager: User, fields: dict[str, str], errors: dict[str, list[str]]
) -> None:
    create_audience(Members("Leads"), by=manager)
    client.force_login(manager)

    answer = client.post("/admin/audiences/new", fields)

    assert (answer.status_code, answer.context["form"].errors) == (422, errors)


@pytest.mark.parametrize("count", [1, 3])
def test_audience_page_costs_twelve_queries(
    client: Client, manager: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    units = [make_unit() for _ in range(count)]
    for unit in units:
        make_job(make_person(), unit)
    audience = create_audience(Members("All", units=units), by=manager)
    client.force_login(manager)

    with django_assert_num_queries(12):
        page = client.get(audience.get_absolute_url())
    assert page.content.decode().count("data-row") == count


@pytest.mark.parametrize(("count", "link"), [(20, 0), (21, 1)])
def test_audience_names_twenty_units(client: Client, manager: User, count: int, link: int) -> None:
    units = [make_unit(f"Team {number:02}") for number in range(count)]
    audience = create_audience(Members("All", units=units), by=manager)
    client.force_login(manager)
    page = client.get(audience.get_absolute_url()).content.decode()
    assert (page.count(">Team "), page.count("See all units")) == (20, link)


def test_what_one_does_with_an_audience_stands_before_its_people(
    client: Client, manager: User, ada: User
) -> None:
    audience = create_audience(Members("One", people=[ada]), by=manager)
    client.force_login(manager)

    page = client.get(audience.get_absolute_url()).content.decode()
    places = [page.index(part) for part in ("<h1", "Invite them", "/removal", "data-row")]
    assert places == sorted(places)


def test_members_are_invited_into_a_space_by_the_worker(
    client: Client, manager: User, secret: Space, ada: User, zed: User
) -> None:
    audience = create_audience(Members("Both", people=[ada, zed]), by=manager)
    client.force_login(manager)

    answer = client.post(f"{audience.get_absolute_url()}/invitations", {"space": "cellar"})
    assert (answer.status_code, SpaceInvitation.objects.count()) == (303, 0)
    BackgroundJob.objects.update(done_rows=1, total_rows=2)
    page = client.get(audience.get_absolute_url()).content.decode()
    assert "They are being invited." in page
    assert '<progress value="1" max="2"' in page
    said = []
    for _ in range(2):
        JobWorker(interval_seconds=0.1).run_next()
        shown = client.get(audience.get_absolute_url()).content.decode()
        assert "being invited" not in shown
        assert secret.name not in BackgroundJob.objects.latest("pk").message
        said.append(re.findall(r"<p>(\d of \d were invited)", shown))
        invite_audience(audience, secret, by=manager)

    assert said == [["1 of 2 were invited"], ["0 of 2 were invited"]]
    assert [row.person for row in SpaceInvitation.objects.all()] == [zed]


def test_audience_is_not_invited_into_a_space_of_others(
    client: Client, admin: User, secret: Space, space: Space
) -> None:
    audience = create_audience(Members("All"), by=admin)
    client.force_login(admin)

    answer = client.post(f"{audience.get_absolute_url()}/invitations", {"space": "cellar"})

    assert (answer.status_code, b"Cellar" in answer.content) == (422, False)
    with pytest.raises(PermissionDenied):
        invite_audience(audience, space, by=admin)


def test_new_people_join_the_spaces_of_their_unit_and_those_above(
    manager: User, space: Space, secret: Space, handle_events: Callable[[], None]
) -> None:
    firm = make_unit("Firm")
    team, other = make_unit("Team", parent=firm), make_unit("Other", parent=firm)
    set_default_space(firm, space, by=manager)
    set_default_space(team, secret, by=manager)

    made = [
        add_colleague(Profile("Ida"), by=manager, email="ida@x.org", unit=team, title="Cook"),
        add_colleague(Profile("Kim"), by=manager, email="kim@x.org", unit=other, title="Cook"),
        add_colleague(Profile("Lou"), by=manager, email="lou@x.org"),
    ]
    handle_events()

    assert [_spaces(person) for person in made] == [{space, secret}, {space}, set()]


def test_people_who_change_jobs_join_nothing(
    manager: User, ada: User, secret: Space, space: Space, handle_events: Callable[[], None]
) -> None:
    team = make_unit("Team")
    handle_events()
    set_default_space(team, space, by=manager)
    make_job(ada, team)
    handle_events()

    assert space not in _spaces(ada)


def test_default_ends_with_the_right_of_who_set_it(
    manager: User, ben: User, secret: Space, handle_events: Callable[[], None]
) -> None:
    team = make_unit("Team")
    set_default_space(team, secret, by=manager)
    Membership.objects.filter(person=manager, space=secret).delete()

    ida = add_colleague(Profile("Ida"), by=manager, email="i@x.org", unit=team, title="Cook")
    handle_events()

    assert _spaces(ida) == set()


def test_default_is_set_and_removed_on_its_page(
    client: Client, manager: User, space: Space
) -> None:
    unit = make_unit("Team")
    client.force_login(manager)
    path = "/admin/default-spaces"

    client.post(path, {"unit": unit.public_id, "space": "workshop"})
    row = DefaultSpace.objects.get()
    assert "for new people of Team" in client.get(path).content.decode()
    client.post(f"{path}/{row.public_id}/removal")

    assert not DefaultSpace.objects.exists()


def test_secret_space_of_others_is_neither_listed_nor_removed(
    client: Client, manager: User, admin: User, secret: Space
) -> None:
    row = set_default_space(make_unit(), secret, by=manager)
    client.force_login(admin)

    assert "Cellar" not in client.get("/admin/default-spaces").content.decode()
    answer = client.post(f"/admin/default-spaces/{row.public_id}/removal")
    assert (answer.status_code, DefaultSpace.objects.count()) == (404, 1)


def test_space_of_others_is_no_default(admin: User, manager: User, closed: Space) -> None:
    with pytest.raises(PermissionDenied):
        set_default_space(make_unit(), closed, by=admin)
    remove_default_space(set_default_space(make_unit(), closed, by=manager), by=manager)
    assert not DefaultSpace.objects.exists()


def test_too_many_named_people_are_refused(manager: User, ada: User) -> None:
    with pytest.raises(ValidationError, match="Name at most 500 people"):
        create_audience(Members("Many", people=[ada] * 501), by=manager)


def _spaces(person: User) -> set[Space]:
    return {row.space for row in Membership.objects.filter(person=person).select_related("space")}
