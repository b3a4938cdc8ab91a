"""Making a guest of a colleague and a colleague of a guest."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from community.accounts.models import User
from community.guests.actions import make_colleague, make_guest
from community.outbox.models import Event
from community.roles.actions import grant_capability
from community.roles.models import Capability, Grant
from community.spaces.models import Membership, Role, Space, Visibility
from discussions.topics.models import Topic
from discussions.topics.texts import rendered_again
from tests.factories.community import add_member, make_space
from tests.factories.discussions import make_topic, opening

pytestmark = pytest.mark.slow


def names(person: User) -> list[str]:
    kept = Event.objects.filter(subject=person, name__startswith="person.made_")
    return list(kept.order_by("pk").values_list("name", flat=True))


def test_who_becomes_a_guest_reads_only_own_spaces_from_the_next_request(
    client: Client, admin: User, ben: User, closed: Space, question: Topic
) -> None:
    client.force_login(ben)
    assert client.get(question.get_absolute_url()).status_code == 200

    make_guest(ben, by=admin)
    make_guest(ben, by=admin)

    assert client.get(question.get_absolute_url()).status_code == 404
    assert client.get(closed.url).status_code == 200
    assert names(ben) == ["person.made_guest"]
    assert not Event.objects.filter(subject=ben, name="space.role_changed").exists()


def test_guest_who_becomes_a_colleague_reads_what_all_read(
    client: Client, admin: User, gil: User, mia: User
) -> None:
    other = make_space("Elsewhere", owner=mia)
    client.force_login(gil)
    assert client.get(other.url).status_code == 404

    make_colleague(gil, by=admin)
    make_colleague(gil, by=admin)

    assert client.get(other.url).status_code == 200
    assert names(gil) == ["person.made_colleague"]


def test_rights_and_duties_end(admin: User, ada: User, mia: User, zed: User, space: Space) -> None:
    grant_capability(mia, Capability.TAGS, by=admin)
    add_member(space, ada, actor=mia)
    add_member(space, zed, actor=mia, role=Role.MODERATOR)

    make_guest(mia, by=admin)
    make_guest(zed, by=admin)

    roles = dict(space.memberships.values_list("person__handle", "role"))
    assert roles == {"mia": "member", "zed": "member", "ada": "owner"}
    assert not Grant.objects.filter(person=mia).exists()


def test_what_nobody_else_belongs_to_is_left_without_an_owner(
    admin: User, mia: User, space: Space
) -> None:
    make_guest(mia, by=admin)
    assert list(Membership.objects.filter(space=space).values_list("person", "role")) == [
        (mia.pk, "member")
    ]


def test_secret_space_that_nobody_else_belongs_to_stays_with_its_owner(
    admin: User, ada: User
) -> None:
    """Nobody else may know of it, so nobody could name another owner."""
    den = make_space("Den", owner=ada, visibility=Visibility.SECRET)
    make_guest(ada, by=admin)
    assert den.memberships.get().role == Role.OWNER


def test_guest_is_given_no_right(client: Client, admin: User, gil: User) -> None:
    said = "Gil is a guest. Guests hold no rights."
    with pytest.raises(ValidationError) as refused:
        grant_capability(gil, Capability.TAGS, by=admin)
    assert refused.value.message_dict == {"handle": [said]}
    client.force_login(admin)
    page = client.post(
        "/admin/grants", {"grant-handle": "gil", "grant-capability": "community.tags"}
    )
    assert (page.status_code, said in page.content.decode()) == (422, True)
    page = client.post("/admin/people/gil/grants/community.tags", follow=True)
    assert (page.status_code, said in page.content.decode()) == (200, True)
    assert not Grant.objects.filter(person=gil).exists()


def test_strangers_and_oneself_change_nothing(admin: User, ada: User, zed: User, gil: User) -> None:
    for person, by in ((ada, zed), (admin, admin)):
        with pytest.raises(PermissionDenied):
            make_guest(person, by=by)
    with pytest.raises(PermissionDenied):
        make_colleague(gil, by=zed)
    assert list(User.objects.filter(is_guest=True)) == [gil]


def test_last_who_grants_stays_a_colleague(client: Client, admin: User, ada: User) -> None:
    grant_capability(ada, Capability.PEOPLE, by=admin)
    client.force_login(ada)
    page = client.post(f"/admin/people/{admin.handle}/guest", follow=True)
    admin.refresh_from_db()
    assert (admin.is_guest, page.redirect_chain[-1][0]) == (False, "/admin/people/root-admin")
    assert b"is a guest now" not in page.content


def test_admin_page_asks_and_changes_both_ways(client: Client, admin: User, mia: User) -> None:
    client.force_login(admin)
    page = client.get("/admin/people/mia").content.decode()
    assert "Make Mia a guest?" in page

    said = client.post("/admin/people/mia/guest", follow=True).content.decode()
    assert "Mia is a guest now" in said
    assert "Make Mia a colleague?" in said
    said = client.post("/admin/people/mia/guest/removal", follow=True).content.decode()
    assert "Mia is a colleague now" in said
    assert names(mia) == ["person.made_guest", "person.made_colleague"]


def test_nobody_is_offered_to_change_themselves(client: Client, admin: User) -> None:
    client.force_login(admin)
    page = client.get(f"/admin/people/{admin.handle}").content
    assert b"/guest" not in page


def test_stranger_meets_no_difference(client: Client, ada: User, zed: User) -> None:
    client.force_login(zed)
    for address in ("/admin/people/ada/guest", "/admin/people/none/guest"):
        assert client.post(address).status_code == 403
    ada.refresh_from_db()
    assert not ada.is_guest


def test_texts_in_spaces_of_a_new_guest_are_rendered_again(
    admin: User, mia: User, ada: User, question: Topic, handle_events: Callable[[], None]
) -> None:
    other = make_space("Elsewhere", owner=mia, members=(ada,))
    source = f"See [[t:{question.public_id}]], says @ada."
    post = opening(make_topic(other, by=mia, source=source))
    far = opening(make_topic(make_space("Far", owner=mia), by=mia, source="Ask @ada."))
    handle_events()

    make_guest(ada, by=admin)
    handle_events()
    post.refresh_from_db()
    far.refresh_from_db()
    assert (question.title in post.html, "/p/ada" in post.html, "/p/ada" in far.html) == (
        False,
        True,
        False,
    )

    make_colleague(ada, by=admin)
    handle_events()
    post.refresh_from_db()
    assert question.title in post.html


def test_text_of_a_guest_tells_nothing_of_people_elsewhere(
    gil: User, space: Space, question: Topic, mia: User, zed: User
) -> None:
    post = opening(make_topic(space, by=gil, source="Ask @mia, @zed and @nobody.", tags=["vpn"]))
    again = rendered_again(post, {})
    for html in (post.html, again.html):
        assert ("/p/mia" in html, "/p/zed" in html) == (True, False)
    assert again.mentions == ("mia",)
    told = opening(make_topic(space, by=mia, source="Ask @zed."))
    assert "/p/zed" in told.html
