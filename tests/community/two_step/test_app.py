import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from community.accounts.models import User
from community.jobs.worker import JobWorker
from community.outbox.models import Event
from tests.factories.community import PASSWORD
from tests.factories.two_step import code_of, confirm, make_app, recovery_codes_of

pytestmark = pytest.mark.slow

WRONG = "000000"


def half_way(person: User, client: Client | None = None) -> Client:
    """A browser that has sent the right password."""
    client = client or Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    return client


def send_code(client: Client, code: str) -> bool:
    """Whether the code signs in."""
    client.post("/account/2fa/authenticate/", {"code": code})
    return get_user(client).is_authenticated


def deliver() -> None:
    worker = JobWorker(interval_seconds=0.1)
    while worker.run_next():
        pass


def test_app_is_added_after_the_password_is_given_again(
    client: Client, ida: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.force_login(ida)

    asked = client.get("/account/2fa/app/")
    confirm(client)
    page = client.get("/account/2fa/app/").content.decode()
    key = re.search(r'<code class="mono">([A-Z2-7]+)</code>', page)
    assert key is not None
    with django_capture_on_commit_callbacks(execute=True):
        added = client.post("/account/2fa/app/", {"code": code_of(key.group(1))})

    assert asked["Location"] == "/account/reauthenticate/?next=%2Faccount%2F2fa%2Fapp%2F"
    assert (added.status_code, added["Location"]) == (302, "/account/2fa/codes/")
    shown = client.get("/account/2fa/codes/").content.decode()
    assert [code in shown for code in recovery_codes_of(ida)] == [True] * 10
    event = Event.objects.get(name="two_step.changed")
    assert (event.subject_id, event.data) == (ida.pk, {"change": "app_added"})


def test_wrong_code_adds_no_app_and_keeps_the_key(client: Client, ida: User) -> None:
    client.force_login(ida)
    confirm(client)
    key = re.findall(r"[A-Z2-7]{32}", client.get("/account/2fa/app/").content.decode())[0]

    answer = client.post("/account/2fa/app/", {"code": WRONG})

    assert key in answer.content.decode()
    assert sorted(answer.context["form"].errors) == ["code"]
    assert not Authenticator.objects.exists()


def test_password_alone_is_half_of_it(ida: User) -> None:
    make_app(ida)

    client = half_way(ida)

    assert get_user(client).is_anonymous
    assert client.get("/people").status_code == 302
    assert "Second step" in client.get("/account/2fa/authenticate/").content.decode()


def test_code_signs_in_once(ida: User) -> None:
    code = code_of(make_app(ida))

    assert send_code(half_way(ida), code)
    assert not send_code(half_way(ida), code)


def test_code_of_the_minute_before_is_refused(ida: User) -> None:
    secret = make_app(ida)
    with time_machine.travel("2026-11-24 12:00:00Z", tick=False):
        code = code_of(secret)
    with time_machine.travel("2026-11-24 12:01:00Z", tick=False):
        assert not send_code(half_way(ida), code)


def test_recovery_code_signs_in_once(ida: User) -> None:
    make_app(ida)
    code = recovery_codes_of(ida)[0]

    assert send_code(half_way(ida), code)
    assert not send_code(half_way(ida), code)
    assert len(recovery_codes_of(ida)) == 9


def test_sixth_wrong_code_is_told_to_wait(ida: User) -> None:
    secret = make_app(ida)
    client = half_way(ida)
    for _ in range(5):
        assert not send_code(client, WRONG)

    answer = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    assert "Too many tries" in answer.content.decode()
    assert get_user(client).is_anonymous


def test_wrong_password_answers_alike_with_and_without_two_step(ida: User, ada: User) -> None:
    make_app(ida)

    def wrong(email: str) -> str:
        fields = {"login": email, "password": "not this one at all"}
        page = Client().post("/account/login/", fields).content.decode()
        return re.sub(r'(value|nonce)="[^"]*"', "", page)

    assert wrong("ida@example.com") == wrong("ada@example.com") == wrong("eve@example.com")


def test_second_step_without_the_first_leads_to_the_door(client: Client, ida: User) -> None:
    make_app(ida)

    for answer in (
        client.get("/account/2fa/authenticate/"),
        client.post("/account/2fa/authenticate/", {"code": WRONG}),
    ):
        assert answer["Location"] == "/account/login/"


def test_secrets_are_stored_encrypted_and_useless_under_another_key(
    ida: User, settings: Settings
) -> None:
    secret = make_app(ida)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored

    settings.SECRET_KEY = "another " * 10
    client = half_way(ida)

    assert not send_code(client, code_of(secret))
    assert "Second step" in client.get("/account/2fa/authenticate/").content.decode()


def test_app_is_removed_and_the_codes_with_it(client: Client, ida: User) -> None:
    make_app(ida)
    client.force_login(ida)
    confirm(client)

    client.post("/account/2fa/app/removal/")

    assert not Authenticator.objects.exists()
    assert send_code(half_way(ida), "") is True


def test_new_recovery_codes_void_the_old_ones(client: Client, ida: User) -> None:
    make_app(ida)
    old = recovery_codes_of(ida)
    client.force_login(ida)
    confirm(client)

    client.post("/account/2fa/codes/new/")

    assert set(old).isdisjoint(recovery_codes_of(ida))
    assert not send_code(half_way(ida), old[0])


def test_codes_are_saved_as_a_file(client: Client, ida: User) -> None:
    make_app(ida)
    client.force_login(ida)
    confirm(client)

    answer = client.get("/account/2fa/codes/download/")

    assert answer["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert answer.content.decode().split() == recovery_codes_of(ida)


@pytest.mark.parametrize("path", ["/account/2fa/codes/", "/account/2fa/codes/download/"])
def test_codes_of_somebody_without_any_are_404(client: Client, ida: User, path: str) -> None:
    client.force_login(ida)
    confirm(client)

    assert client.get(path).status_code == 404


def test_letter_tells_of_each_change(
    client: Client, ida: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_app(ida)
    client.force_login(ida)
    confirm(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/2fa/codes/new/")
    client.post("/account/2fa/app/removal/")

    deliver()

    assert [(letter.to, str(letter.body).split("\n")[0]) for letter in mail.outbox] == [
        (
            ["ida@example.com"],
            "New recovery codes were made for your account; the old ones are void.",
        ),
        (["ida@example.com"], "The app for sign-in codes was removed from your account."),
    ]


def test_account_page_tells_what_is_set_up(
    client: Client, ida: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(ida)
    before = client.get("/me/account").content.decode()
    make_app(ida)

    with django_assert_num_queries(10):
        after = client.get("/me/account").content.decode()

    assert ("Add an app" in before, "10 left" in before) == (True, False)
    assert ("Add an app" in after, "10 left" in after) == (False, True)
