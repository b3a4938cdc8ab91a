"""Switching accounts off and on, for programs."""

import pytest
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.departures.actions import deactivate_person
from community.departures.models import Departure
from community.http.api.shapes import written
from community.spaces.models import Membership, Space
from tests.factories.community import add_member, make_person, make_space
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow


def test_account_is_switched_off_and_on(admin: User, ada: User) -> None:
    program, mine = Program(admin), Program(ada)

    off = [program.ask("PUT", "/people/ada/deactivation").status_code for _ in range(2)]
    shut_out = mine.get("/me").status_code
    left = program.get("/people/ada").json()["is_active"]
    on = [program.ask("DELETE", "/people/ada/deactivation").status_code for _ in range(2)]

    assert (off, shut_out, left) == ([204, 204], 401, False)
    assert (on, program.get("/people/ada").json()["is_active"]) == ([204, 204], True)
    assert mine.get("/me").status_code == 401


def test_what_leaving_means_is_read_before_and_after(
    admin: User, mia: User, ada: User, space: Space, secret: Space
) -> None:
    add_member(space, ada, actor=mia)
    program, address = Program(admin), f"/people/{mia.handle}/deactivation"

    before = program.get(address).json()
    deactivate_person(mia, by=admin)
    after = program.get(address).json()

    heir = program.get("/people?q=ada").json()["results"][0]
    handover = {"space": {"slug": "workshop", "name": "Workshop"}, "heir": heir}
    assert before == {"is_active": True, "at": None, "by": None, "handovers": [handover]}
    assert after.pop("by")["handle"] == admin.handle
    at = written(Departure.objects.get().at)
    assert after == {"is_active": False, "at": at, "handovers": []}


@pytest.mark.parametrize("count", [1, 3])
def test_what_leaving_means_costs_five_queries(
    admin: User, ada: User, ben: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_space(f"Space {number}", owner=ada, members=(ben,))
    program = Program(admin)

    with django_assert_num_queries(5):
        found = program.get("/people/ada/deactivation").json()
    assert len(found["handovers"]) == count


def test_who_owns_several_spaces_is_switched_off(admin: User, ada: User, ben: User) -> None:
    for number in range(3):
        make_space(f"Space {number}", owner=ada, members=(ben,))

    assert Program(admin).ask("PUT", "/people/ada/deactivation").status_code == 204

    left = Membership.objects.values_list("space__name", "person__handle", "role")
    assert [*left.order_by("space_id")] == [(f"Space {n}", "ben", "owner") for n in range(3)]


def test_nobody_switches_themselves_off_and_others_switch_nobody(
    admin: User, ada: User, zed: User
) -> None:
    gone = make_person("Gone")
    deactivate_person(gone, by=admin)

    own = Program(admin).ask("PUT", f"/people/{admin.handle}/deactivation")
    read = Program(zed).get("/people/ada/deactivation")
    off = Program(zed).ask("PUT", "/people/ada/deactivation")
    on = Program(zed).ask("DELETE", "/people/gone/deactivation")

    assert [answer.status_code for answer in (own, read, off, on)] == [403] * 4
    assert Program(admin).ask("PUT", "/people/none/deactivation").status_code == 404
    kept = User.objects.filter(is_active=True).order_by("handle")
    assert [person.handle for person in kept] == ["ada", admin.handle, "zed"]


def test_author_without_an_address_gets_no_account(admin: User, ada: User) -> None:
    deactivate_person(ada, by=admin)
    User.objects.filter(pk=ada.pk).update(email=None)

    answer = Program(admin).ask("DELETE", "/people/ada/deactivation")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#"
