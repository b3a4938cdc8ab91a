import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from community.accounts.models import User
from community.invitations.actions import Wish, invite
from community.invitations.models import AccountRequest, Invitation
from community.jobs.models import BackgroundJob
from tests.community.invitations.letters import deliver, last_path
from tests.factories.community import PASSWORD

SIGN_UP = "/account/signup/"
COME_IN = {"name": "Ida Ray", "password": PASSWORD}


@pytest.fixture(autouse=True)
def open_to_example(settings: Settings) -> None:
    settings.SIGN_UP_DOMAINS = ["example.com"]


def test_nobody_signs_up_where_no_domain_is_named(client: Client, settings: Settings) -> None:
    settings.SIGN_UP_DOMAINS = []

    answer = client.post(SIGN_UP, {"email": "ida@example.com"})

    assert "Accounts are made for you" in answer.content.decode()
    assert not BackgroundJob.objects.exists()


def test_address_is_confirmed_before_there_is_an_account(client: Client) -> None:
    answer = client.post(SIGN_UP, {"email": "Ida@Example.com"})
    assert (answer.status_code, answer["Location"]) == (303, "/account/signup/sent/")
    assert not User.objects.exists()
    deliver()

    assert mail.outbox[0].to == ["ida@example.com"]
    client.post(last_path(), COME_IN)

    assert User.objects.get().email == "ida@example.com"


def test_known_and_unknown_addresses_get_one_answer(zed: User) -> None:
    answers = {
        (answer.status_code, answer["Location"], answer.content)
        for email in ("zed@example.com", "ida@example.com")
        for answer in [Client().post(SIGN_UP, {"email": email})]
    }

    assert answers == {(303, "/account/signup/sent/", b"")}
    assert BackgroundJob.objects.values_list("task", "label").distinct().count() == 1
    deliver()
    assert [letter.subject for letter in mail.outbox] == [
        "You have an account at Guildhall",
        "Your way in to Guildhall",
    ]


def test_switched_off_people_get_no_letter(zed: User, client: Client) -> None:
    User.objects.filter(pk=zed.pk).update(is_active=False)

    client.post(SIGN_UP, {"email": "zed@example.com"})
    deliver()

    assert mail.outbox == []


@pytest.mark.parametrize(
    "email", ["ida@elsewhere.org", "ida@sub.example.com", "ida@notexample.com"]
)
def test_other_domain_is_refused_with_its_field(client: Client, email: str) -> None:
    answer = client.post(SIGN_UP, {"email": email})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "email": ["People at this domain don't sign up here. Ask for an invitation."]
    }
    assert not BackgroundJob.objects.exists()


def test_who_is_invited_and_signs_up_gets_that_invitation_again(
    client: Client, admin: User, invited: Invitation
) -> None:
    deliver()
    client.post(SIGN_UP, {"email": "ida@example.com"})
    deliver()

    assert [letter.subject for letter in mail.outbox] == ["Come in to Guildhall"] * 2
    assert Invitation.objects.get() == invited


def test_sixth_letter_to_one_address_within_an_hour_answers_429(client: Client) -> None:
    for number in range(5):
        client = Client(REMOTE_ADDR=f"10.0.0.{number}")
        assert client.post(SIGN_UP, {"email": "ida@example.com"}).status_code == 303

    assert client.post(SIGN_UP, {"email": "IDA@example.com"}).status_code == 429


def test_account_waits_for_approval_where_the_site_is_set_so(
    client: Client, admin: User, settings: Settings
) -> None:
    settings.APPROVE_NEW_ACCOUNTS = True
    client.post(SIGN_UP, {"email": "ida@example.com"})
    deliver()
    path = last_path()

    refused = client.post(path, COME_IN)
    assert (refused.status_code, User.objects.count()) == (303, 1)
    client.post(path, {"name": "Ida", "message": "From the kitchen"})
    assert "An admin looks at it" in client.get(path).content.decode()

    client.force_login(admin)
    page = client.get("/admin/invitations/requests").content.decode()
    assert ("From the kitchen" in page, "ida@example.com" in page) == (True, True)
    public_id = Invitation.objects.get().public_id
    client.post(f"/admin/invitations/requests/{public_id}/approval")
    deliver()
    assert mail.outbox[-1].subject == "Your account at Guildhall is approved"
    newcomer = Client()
    newcomer.post(last_path(), COME_IN)

    assert User.objects.get(email="ida@example.com").name == "Ida Ray"
    assert AccountRequest.objects.get().decided_by == admin


def test_invited_people_wait_for_nobody(client: Client, admin: User, settings: Settings) -> None:
    settings.APPROVE_NEW_ACCOUNTS = True
    invite(Wish("ida@example.com"), by=admin)
    deliver()

    assert client.post(last_path(), COME_IN)["Location"] == "/"


def test_declined_request_ends_with_a_letter_that_gives_the_reason(
    client: Client, admin: User, settings: Settings
) -> None:
    settings.APPROVE_NEW_ACCOUNTS = True
    client.post(SIGN_UP, {"email": "ida@example.com"})
    deliver()
    path = last_path()
    client.post(path, {"name": "Ida", "message": ""})
    url = f"/admin/invitations/requests/{Invitation.objects.get().public_id}/refusal"
    client.force_login(admin)

    assert client.post(url, {"reason": "x" * 301}).status_code == 422
    assert client.post(url, {"reason": "We don't know you."}).status_code == 303
    deliver()

    assert "We don't know you." in mail.outbox[-1].body
    assert Client().get(path).status_code == 404
    assert client.post(url, {"reason": "again"}).status_code == 404


def test_stranger_answers_no_request(client: Client, zed: User, invited: Invitation) -> None:
    AccountRequest.objects.create(invitation=invited)
    client.force_login(zed)
    url = f"/admin/invitations/requests/{invited.public_id}"

    answers = [
        client.get("/admin/invitations/requests"),
        client.post(f"{url}/approval"),
        client.get(f"{url}/refusal"),
        client.post(f"{url}/refusal", {"reason": ""}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert "ida@example.com" not in answers[0].content.decode()
    assert AccountRequest.objects.get().accepted is None
