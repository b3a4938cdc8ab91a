"""Switching accounts off and on, for programs."""

from community.accounts.models import User
from community.departures.actions import deactivate_person
from tests.factories.community import make_person
from tests.factories.tokens import Program


def test_account_is_switched_off_and_on(admin: User, ada: User) -> None:
    program, mine = Program(admin), Program(ada)

    off = [program.ask("PUT", "/people/ada/deactivation").status_code for _ in range(2)]
    shut_out = mine.get("/me").status_code
    left = program.get("/people/ada").json()["is_active"]
    on = [program.ask("DELETE", "/people/ada/deactivation").status_code for _ in range(2)]

    assert (off, shut_out, left) == ([204, 204], 401, False)
    assert (on, program.get("/people/ada").json()["is_active"]) == ([204, 204], True)
    assert mine.get("/me").status_code == 401


def test_nobody_switches_themselves_off_and_others_switch_nobody(
    admin: User, ada: User, zed: User
) -> None:
    gone = make_person("Gone")
    deactivate_person(gone, by=admin)

    own = Program(admin).ask("PUT", f"/people/{admin.handle}/deactivation")
    off = Program(zed).ask("PUT", "/people/ada/deactivation")
    on = Program(zed).ask("DELETE", "/people/gone/deactivation")

    assert [answer.status_code for answer in (own, off, on)] == [403, 403, 403]
    assert Program(admin).ask("PUT", "/people/none/deactivation").status_code == 404
    kept = User.objects.filter(is_active=True).order_by("handle")
    assert [person.handle for person in kept] == ["ada", admin.handle, "zed"]


def test_author_without_an_address_gets_no_account(admin: User, ada: User) -> None:
    deactivate_person(ada, by=admin)
    User.objects.filter(pk=ada.pk).update(email=None)

    answer = Program(admin).ask("DELETE", "/people/ada/deactivation")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#"
