import pytest
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import OrgUnit, User
from community.roles.actions import grant_capability, grant_capability_to_unit
from community.roles.models import Capability, Grant
from community.roles.queries import held_capabilities
from tests.factories.community import make_person, make_unit

pytestmark = pytest.mark.slow

WRITES = [
    ("/admin/people", {"name": "Ida", "email": "ida@example.com"}),
    ("/admin/units", {"new-unit-name": "Team"}),
    ("/admin/grants", {"grant-handle": "zed", "grant-capability": "community.roles"}),
    ("/admin/people/zed/grants/community.roles", {}),
    ("/admin/people/root-admin/grants/community.roles/removal", {}),
]


def test_stranger_sees_neither_page_nor_grants(client: Client, admin: User, zed: User) -> None:
    assert held_capabilities(zed) == frozenset()
    client.force_login(zed)

    answer = client.get("/admin")

    assert answer.status_code == 403
    assert "Only people who manage the site see this page." in answer.content.decode()
    assert "Root" not in answer.content.decode()


@pytest.mark.parametrize(("path", "fields"), WRITES)
def test_stranger_changes_nothing(
    client: Client, admin: User, zed: User, path: str, fields: dict[str, str]
) -> None:
    client.force_login(zed)

    assert client.post(path, fields).status_code == 403
    assert Grant.objects.count() == len(Capability)
    assert sorted(User.objects.values_list("name", flat=True)) == ["Root", "Zed"]
    assert not OrgUnit.objects.exists()


def test_those_who_manage_people_see_no_grants(client: Client, ada: User, ben: User) -> None:
    grant_capability(ada, Capability.PEOPLE, by=None)
    grant_capability(ben, Capability.TAGS, by=None)
    client.force_login(ada)

    page = client.get("/admin").content.decode()

    assert ("Add a person" in page, "Who may do what" in page, "Ben" in page) == (
        True,
        False,
        False,
    )
    assert client.post("/admin/people/ben/grants/community.tags/removal").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_admin_page_costs_ten_queries(
    client: Client, admin: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        unit = make_unit()
        grant_capability(make_person(), Capability.TAGS, by=admin)
        grant_capability_to_unit(unit, Capability.TAGS, by=admin)
    client.force_login(admin)

    with django_assert_num_queries(10):
        client.get("/admin")


def test_rights_stand_on_pages_of_25(client: Client, admin: User) -> None:
    for number in range(25):
        person = make_person(f"Holder {number:02}")
        grant_capability(person, Capability.TAGS, by=admin)
    grant_capability_to_unit(make_unit("Guild"), Capability.TAGS, by=admin)
    client.force_login(admin)

    found, address = [], "/admin"
    while address:
        page = client.get(address)
        found.append([(row["grant"].capability, row["holder"]) for row in page.context["grants"]])
        address = page.context["older_url"]
    client.force_login(admin)
    refused = client.post("/admin/people", {"name": ""})

    rows = [row for part in found for row in part]
    assert len(found[0]) == 25
    assert len(rows) == len(set(rows)) == Grant.objects.count()
    assert rows == sorted(rows)
    assert (refused.status_code, b'href="/admin?after=' in refused.content) == (422, True)


def test_person_is_added_with_a_place(client: Client, admin: User) -> None:
    unit = make_unit("Team")
    client.force_login(admin)
    fields = {"name": "Ida", "email": "ida@example.com", "unit": unit.public_id, "title": "Lead"}

    answer = client.post("/admin/people", fields)

    person = User.objects.get(email="ida@example.com")
    assert (answer.status_code, answer["Location"]) == (303, "/p/ida")
    assert person.jobs.get().org_unit == unit
    assert person.headline == "Lead"


def test_bad_person_is_shown_again_with_what_was_typed(client: Client, admin: User) -> None:
    unit = make_unit("Team")
    client.force_login(admin)
    fields = {"name": "Ida", "email": "root-admin@example.com", "unit": unit.public_id}

    answer = client.post("/admin/people", fields)

    assert answer.status_code == 422
    assert answer.context["person_form"].errors == {"email": ["Somebody has this address already."]}
    assert 'value="Ida"' in answer.content.decode()


def test_unit_is_added_below_another(client: Client, admin: User) -> None:
    firm = make_unit("Firm")
    client.force_login(admin)

    client.post("/admin/units", {"new-unit-name": "Team", "new-unit-parent": firm.public_id})

    assert OrgUnit.objects.get(name="Team").parent == firm


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"handle": "nobody"}, {"handle": ["Nobody has this handle."]}),
        ({}, {"handle": ["Name either a person or a unit."]}),
    ],
)
def test_grant_for_nobody_is_shown_again(
    client: Client, admin: User, fields: dict[str, str], errors: dict[str, list[str]]
) -> None:
    client.force_login(admin)
    typed = {f"grant-{name}": value for name, value in fields.items()}

    answer = client.post("/admin/grants", typed | {"grant-capability": "community.tags"})

    assert (answer.status_code, answer.context["grant_form"].errors) == (422, errors)


def test_right_is_given_to_a_person_or_a_unit(client: Client, admin: User, ada: User) -> None:
    unit = make_unit()
    client.force_login(admin)

    for typed in ({"grant-handle": "@ada"}, {"grant-unit": unit.public_id}):
        client.post("/admin/grants", typed | {"grant-capability": "community.tags"})

    given = Grant.objects.filter(capability=Capability.TAGS).exclude(person=admin).order_by("id")
    assert [(grant.person, grant.org_unit, grant.by) for grant in given] == [
        (ada, None, admin),
        (None, unit, admin),
    ]


def test_right_is_taken_back_and_given_again_by_undo(
    client: Client, admin: User, ada: User
) -> None:
    unit = make_unit()
    grant_capability(ada, Capability.TAGS, by=admin)
    grant_capability_to_unit(unit, Capability.TAGS, by=admin)
    client.force_login(admin)

    for url in (
        "/admin/people/ada/grants/community.tags",
        f"/admin/units/{unit.public_id}/grants/community.tags",
    ):
        before = Grant.objects.count()
        answer = client.post(f"{url}/removal")
        assert Grant.objects.count() == before - 1
        assert [*get_messages(answer.wsgi_request)][-1].extra_tags == f"undo:{url}"
        client.post(url)
        assert Grant.objects.count() == before


def test_last_admin_is_told_why_not(client: Client, admin: User) -> None:
    client.force_login(admin)

    answer = client.post("/admin/people/root-admin/grants/community.roles/removal", follow=True)

    assert "Give this one to somebody else first." in answer.content.decode()
    assert Capability.ROLES in held_capabilities(admin)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/people/nobody/grants/community.tags",
        "/admin/people/ada/grants/nonsense",
        "/admin/people/ada/grants/community.tags/removal",
        "/admin/units/nothing/grants/community.tags",
    ],
)
def test_missing_objects_are_404(client: Client, admin: User, ada: User, path: str) -> None:
    client.force_login(admin)

    assert client.post(path).status_code == 404


def test_personal_right_for_a_unit_is_refused_at_the_field_and_at_its_address(
    client: Client, admin: User
) -> None:
    client.force_login(admin)
    unit = make_unit()
    typed = {"grant-unit": unit.public_id, "grant-capability": "community.roles"}

    form = client.post("/admin/grants", typed)
    direct = client.post(f"/admin/units/{unit.public_id}/grants/community.roles", follow=True)

    sentence = "This right is given to people, not to units."
    assert (form.status_code, sentence in form.content.decode()) == (422, True)
    assert sentence in direct.content.decode()
    assert not Grant.objects.exclude(org_unit=None).exists()


def test_form_that_arrives_twice_makes_one_unit(client: Client, admin: User) -> None:
    client.force_login(admin)
    for _ in range(2):
        sent = {"new-unit-name": "Night shift", "new-unit-key": "once"}
        assert client.post("/admin/units", sent).status_code == 303
    assert OrgUnit.objects.count() == 1
