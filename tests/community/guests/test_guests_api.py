"""Making somebody a guest and a colleague, for programs."""

from community.accounts.models import User
from community.spaces.models import Space
from tests.factories.community import add_member
from tests.factories.tokens import Program


def test_colleague_becomes_a_guest_and_a_colleague_again(
    admin: User, ada: User, space: Space, closed: Space
) -> None:
    program, mine = Program(admin), Program(ada)

    made = [program.ask("PUT", "/people/ada/guest").status_code for _ in range(2)]
    as_guest = mine.get("/me").json()["is_guest"], mine.get("/spaces/workshop").status_code
    ended = [program.ask("DELETE", "/people/ada/guest").status_code for _ in range(2)]

    assert (made, as_guest) == ([204, 204], (True, 404))
    assert (ended, mine.get("/me").json()["is_guest"]) == ([204, 204], False)
    assert mine.get("/spaces/workshop").status_code == 200


def test_nobody_makes_a_guest_of_themselves_and_others_of_nobody(
    admin: User, ada: User, zed: User, gil: User, space: Space
) -> None:
    add_member(space, zed, actor=None)

    own = Program(admin).ask("PUT", f"/people/{admin.handle}/guest")
    make = Program(zed).ask("PUT", "/people/ada/guest")
    end = Program(zed).ask("DELETE", "/people/gil/guest")

    assert [answer.status_code for answer in (own, make, end)] == [403, 403, 403]
    assert Program(admin).ask("PUT", "/people/none/guest").status_code == 404
    assert list(User.objects.filter(is_guest=True)) == [gil]
