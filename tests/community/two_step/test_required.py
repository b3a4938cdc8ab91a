import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from community.accounts.models import User
from community.jobs.worker import JobWorker
from community.outbox.models import Event
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.tokens.actions import make_token
from community.tokens.queries import all_scopes
from config.checks import check_two_step
from tests.factories.two_step import confirm, make_app

START = "/account/2fa/required/"


@pytest.fixture
def manager(ida: User, settings: Settings) -> User:
    settings.MFA_REQUIRED_FOR = ["community.people"]
    grant_capability(ida, Capability.PEOPLE, by=None)
    return ida


@pytest.mark.parametrize("path", ["/", "/people", "/admin", "/me/account", "/people/suggest?q=a"])
def test_holder_without_two_step_reaches_nothing(client: Client, manager: User, path: str) -> None:
    client.force_login(manager)

    answer = client.get(path)

    assert (answer.status_code, answer["Location"]) == (303, START)


def test_holder_without_two_step_writes_nothing(client: Client, manager: User) -> None:
    client.force_login(manager)

    answer = client.post("/admin/people", {"name": "Eve", "email": "eve@example.com"})

    assert (answer.status_code, answer["Location"]) == (303, START)
    assert not User.objects.filter(name="Eve").exists()


def test_token_of_a_holder_without_two_step_is_refused(client: Client, manager: User) -> None:
    scopes = sorted(all_scopes())
    secret = make_token(by=manager, name="Script", scopes=scopes, days=7).secret
    headers = {"Authorization": f"Bearer {secret}"}

    refused = client.get("/api/v1/people", headers=headers)
    make_app(manager)
    served = client.get("/api/v1/people", headers=headers)

    assert (refused.status_code, served.status_code) == (401, 200)
    assert "asks for two-step sign-in" in refused.content.decode()


def test_holder_is_led_to_the_ways_and_goes_on_with_one(client: Client, manager: User) -> None:
    client.force_login(manager)

    page = client.get("/people", follow=True).content.decode()
    for link in ("/account/2fa/passkeys/add/", "/account/2fa/app/"):
        assert f'href="{link}"' in page
    confirm(client)
    assert client.get("/account/2fa/app/").status_code == 200
    make_app(manager)

    assert client.get("/people").status_code == 200
    assert client.get(START)["Location"] == "/"


def test_holder_may_sign_out(client: Client, manager: User) -> None:
    client.force_login(manager)

    client.post("/account/logout/")

    assert get_user(client).is_anonymous


def test_others_are_not_asked(client: Client, manager: User, zed: User) -> None:
    client.force_login(zed)

    assert client.get("/people").status_code == 200


def test_nobody_is_asked_without_the_setting(
    client: Client, admin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(admin)

    assert client.get("/people").status_code == 200


def test_last_way_stays_where_it_is_needed(client: Client, manager: User) -> None:
    make_app(manager)
    client.force_login(manager)
    confirm(client)

    answer = client.post("/account/2fa/app/removal/")

    assert "Add another way first." in answer.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize(
    ("names", "ids"), [([], []), (["community.tags"], []), (["tags"], ["guildhall.E008"])]
)
def test_capability_that_is_none_is_refused_at_the_start(
    settings: Settings, names: list[str], ids: list[str]
) -> None:
    settings.MFA_REQUIRED_FOR = names

    assert [found.id for found in check_two_step()] == ids


def test_admin_resets_and_the_person_is_out_and_told(
    client: Client, admin: User, ada: User
) -> None:
    make_app(ada)
    hers = Client()
    hers.force_login(ada)
    client.force_login(admin)
    assert "Reset the two-step sign-in of Ada?" in client.get("/admin/people/ada").content.decode()

    answer = client.post("/admin/people/ada/two-step/reset")

    assert (answer.status_code, answer["Location"]) == (303, "/admin/people/ada")
    assert not Authenticator.objects.exists()
    assert get_user(hers).is_anonymous
    event = Event.objects.get(name="two_step.reset")
    assert (event.actor_id, event.subject_id) == (admin.pk, ada.pk)
    worker = JobWorker(interval_seconds=0.1)
    while worker.run_next():
        pass
    assert "reset your two-step sign-in" in str(mail.outbox[0].body)


def test_stranger_resets_nothing_and_sees_no_account(client: Client, ada: User, zed: User) -> None:
    make_app(ada)
    client.force_login(zed)

    assert client.post("/admin/people/ada/two-step/reset").status_code == 403
    assert client.get("/admin/people/ada").status_code == 403
    assert Authenticator.objects.filter(user=ada, type="totp").exists()


def test_own_two_step_is_not_reset_from_the_admin_page(client: Client, admin: User) -> None:
    make_app(admin)
    client.force_login(admin)

    assert client.post("/admin/people/root-admin/two-step/reset").status_code == 403
    assert Authenticator.objects.filter(user=admin).exists()
