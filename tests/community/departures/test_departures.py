import pytest
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import get_user
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from community.accounts.adapter import AccountAdapter
from community.accounts.models import User
from community.departures.actions import deactivate_person, reactivate_person
from community.departures.models import Departure
from community.jobs.worker import JobWorker
from community.outbox.models import Event
from community.roles.actions import grant_capability
from community.roles.models import Capability, Grant
from community.spaces.leaving import handovers
from community.spaces.membership import invite_to_space
from community.spaces.models import (
    JoinRequest,
    Membership,
    Role,
    Space,
    SpaceInvitation,
    Visibility,
)
from community.spaces.requests import request_to_join
from community.tokens.actions import make_token
from community.tokens.models import ApiToken
from community.tokens.queries import all_scopes
from community.two_step.access import has_two_step
from discussions.topics.models import Topic
from tests.factories.community import add_member, make_person, make_space
from tests.factories.two_step import make_app

pytestmark = pytest.mark.slow


def owners(space: Space) -> list[str]:
    found = Membership.objects.filter(space=space, role=Role.OWNER)
    return sorted(found.values_list("person__handle", flat=True))


def test_who_leaves_is_out_with_the_next_request(admin: User, ada: User) -> None:
    client = Client()
    client.force_login(ada)
    assert client.get("/people").status_code == 200

    deactivate_person(ada, by=admin)

    assert client.get("/people").status_code == 302
    assert get_user(client).is_anonymous


def test_who_leaves_loses_everything_but_what_they_wrote(
    admin: User, ada: User, closed: Space, secret: Space, mia: User, question: Topic
) -> None:
    grant_capability(ada, Capability.TAGS, by=admin)
    make_app(ada)
    asked = make_space("Office", owner=mia, visibility=Visibility.CLOSED, joining="request")
    invited = make_space("Attic", owner=mia, visibility=Visibility.SECRET)
    request_to_join(asked, by=ada)
    invite_to_space(invited, ada, by=mia)
    make_token(by=ada, name="Script", scopes=[min(all_scopes())], days=7)
    ada.set_password("a bridge over cold water")
    ada.save()

    deactivate_person(ada, by=admin)

    ada.refresh_from_db()
    assert (ada.is_active, ada.has_usable_password()) == (False, False)
    assert not Membership.objects.filter(person=ada).exists()
    assert not Grant.objects.filter(person=ada).exists()
    assert not JoinRequest.objects.filter(person=ada).exists()
    assert not SpaceInvitation.objects.filter(person=ada).exists()
    assert not has_two_step(ada)
    assert not ApiToken.objects.filter(person=ada).exists()
    closed.refresh_from_db()
    assert closed.member_count == 2
    question.refresh_from_db()
    assert question.author == ada


def test_reset_letter_from_before_is_void_even_after_a_return(
    client: Client, admin: User, ada: User
) -> None:
    token = PasswordResetTokenGenerator().make_token(ada)
    link = f"/account/password/reset/key/{user_pk_to_url_str(ada)}-{token}/"

    deactivate_person(ada, by=admin)
    reactivate_person(ada, by=admin)

    assert "no longer works" in client.get(link, follow=True).content.decode()


def test_return_brings_the_account_back_and_nothing_else(
    admin: User, ada: User, closed: Space
) -> None:
    deactivate_person(ada, by=admin)
    reactivate_person(ada, by=admin)
    worker = JobWorker(interval_seconds=0.1)
    while worker.run_next():
        pass

    ada.refresh_from_db()
    assert ada.is_active
    assert not Membership.objects.filter(person=ada).exists()
    assert [letter.to for letter in mail.outbox] == [["ada@example.com"]]
    departure = Departure.objects.get(person=ada)
    assert (departure.by, departure.returned_by) == (admin, admin)
    names = Event.objects.filter(subject_id=ada.pk, name__startswith="person.")
    assert [*names.order_by("id").values_list("name", flat=True)][1:] == [
        "person.deactivated",
        "person.reactivated",
    ]


def test_leaving_and_returning_twice_changes_nothing(admin: User, ada: User) -> None:
    for _ in range(2):
        deactivate_person(ada, by=admin)
    for _ in range(2):
        reactivate_person(ada, by=admin)

    assert Departure.objects.count() == 1


def test_space_goes_to_the_moderator_of_longest_standing(
    admin: User, mia: User, ada: User, ben: User, zed: User
) -> None:
    space = make_space("Attic", owner=mia, members=(ada,), moderators=(ben, zed))

    shown = handovers(mia, viewer=admin)
    deactivate_person(mia, by=admin)

    assert [(one.space, one.heir) for one in shown] == [(space, ben)]
    assert owners(space) == ["ben"]
    event = Event.objects.filter(name="space.role_changed").latest("id")
    assert (event.space_id, event.subject_id, event.data) == (space.pk, ben.pk, {"role": "owner"})


def test_space_without_moderators_goes_to_the_oldest_member_who_is_here(
    admin: User, mia: User, ada: User, ben: User
) -> None:
    space = make_space("Attic", owner=mia, members=(ada, ben))
    deactivate_person(ada, by=admin)

    deactivate_person(mia, by=admin)

    assert owners(space) == ["ben"]


def test_space_with_another_owner_stays_with_them(admin: User, mia: User, ada: User) -> None:
    space = make_space("Attic", owner=mia, members=(ada,))
    zoe = make_person("Zoe")
    add_member(space, zoe, actor=mia, role=Role.OWNER)

    assert handovers(mia, viewer=admin) == []
    deactivate_person(mia, by=admin)

    assert owners(space) == ["zoe"]


def test_secret_space_is_handed_over_and_named_to_nobody_outside(
    client: Client, admin: User, mia: User, ada: User, secret: Space
) -> None:
    client.force_login(admin)
    page = client.get("/admin/people/mia").content.decode()
    deactivate_person(mia, by=admin)

    assert "Cellar" not in page
    assert owners(secret) == ["ada"]


def test_secret_space_of_one_stays_theirs_and_another_space_waits_for_an_owner(
    admin: User, mia: User
) -> None:
    den = make_space("Den", owner=mia, visibility=Visibility.SECRET)
    hall = make_space("Hall", owner=mia)

    deactivate_person(mia, by=admin)

    assert (owners(den), owners(hall)) == (["mia"], [])


def test_last_who_grants_capabilities_stays(ada: User, admin: User) -> None:
    grant_capability(ada, Capability.PEOPLE, by=admin)

    with pytest.raises(ValidationError, match="Give this one to somebody else first"):
        deactivate_person(admin, by=ada)

    admin.refresh_from_db()
    assert admin.is_active
    assert Grant.objects.filter(person=admin).count() == len(Capability)


def test_nobody_switches_themselves_off(admin: User) -> None:
    with pytest.raises(PermissionDenied):
        deactivate_person(admin, by=admin)


@pytest.mark.parametrize("path", ["deactivation", "deactivation/removal"])
def test_stranger_switches_nobody(client: Client, ada: User, zed: User, path: str) -> None:
    client.force_login(zed)

    assert client.post(f"/admin/people/ada/{path}").status_code == 403
    assert client.post(f"/admin/people/nobody/{path}").status_code == 403
    ada.refresh_from_db()
    assert ada.is_active


def test_author_from_elsewhere_has_no_account_to_switch_on(client: Client, admin: User) -> None:
    author = make_person("Ivy")
    User.objects.filter(pk=author.pk).update(email=None, is_active=False)
    client.force_login(admin)

    page = client.get("/admin/people/ivy").content.decode()
    answer = client.post("/admin/people/ivy/deactivation/removal", follow=True)

    assert ("Switch the account on" in page, "came from elsewhere" in page) == (False, True)
    assert "There is no mail address" in answer.content.decode()


def test_page_asks_and_says_what_happens(client: Client, admin: User, mia: User, ada: User) -> None:
    make_space("Attic", owner=mia, members=(ada,))
    client.force_login(admin)

    page = client.get("/admin/people/mia").content.decode()
    client.post("/admin/people/mia/deactivation")
    after = client.get("/admin/people/mia").content.decode()

    for text in ("Mia alone owns these spaces", "Attic", "Switch off the account of Mia?"):
        assert text in page
    assert "Switched off" in after
    assert "Switch the account on" in after


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_few_queries(
    client: Client,
    admin: User,
    mia: User,
    ada: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        make_space(f"Attic {number}", owner=mia, members=(ada,))
    client.force_login(admin)

    with django_assert_num_queries(9):
        client.get("/admin/people/mia")


def test_password_set_while_the_account_is_switched_off_leaves_it_off(
    rf: RequestFactory, admin: User, ada: User
) -> None:
    stale = User.objects.get(pk=ada.pk)
    deactivate_person(ada, by=admin)

    with pytest.raises(PermissionDenied):
        AccountAdapter(rf.post("/")).set_password(stale, "a bridge over cold water")

    now = User.objects.get(pk=ada.pk)
    assert (now.is_active, now.has_usable_password()) == (False, False)
