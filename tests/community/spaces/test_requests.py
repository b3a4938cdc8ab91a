"""What somebody is told who asked to join."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from community.accounts.models import User
from community.spaces.membership import leave_space
from community.spaces.models import JoinAnswer, JoinRequest, Space
from community.spaces.queries import answers_to
from community.spaces.requests import (
    approve_request,
    decline_request,
    dismiss_answer,
    request_to_join,
)


def test_declined_person_reads_why_until_they_ask_again(
    client: Client, closed: Space, kim: User, zed: User
) -> None:
    decline_request(request_to_join(closed, by=zed), by=kim, reason=" Ask your\nmanager first. ")
    client.force_login(zed)

    page = client.get("/s/backroom").content.decode()
    assert ("Kim answered" in page, "Ask your manager first." in page) == (True, True)
    assert "Ask your manager first." in client.get("/spaces").content.decode()

    client.post("/s/backroom/request", {"message": "My manager agrees."})
    assert "Ask your manager first." not in client.get("/s/backroom").content.decode()
    assert not JoinAnswer.objects.exists()


def test_person_who_was_let_in_reads_the_word_and_puts_it_away(
    client: Client, closed: Space, kim: User, zed: User
) -> None:
    approve_request(request_to_join(closed, by=zed), by=kim, reason="Read the rules first.")
    client.force_login(zed)

    page = client.get("/spaces").content.decode()
    assert ("Kim let you in" in page, "Read the rules first." in page) == (True, True)

    answer = client.post("/s/backroom/request/answer/removal")
    assert (answer["Location"], answers_to(zed)) == ("/spaces", [])
    assert client.post("/s/backroom/request/answer/removal").status_code == 404


def test_answer_is_gone_with_the_membership(closed: Space, kim: User, zed: User) -> None:
    approve_request(request_to_join(closed, by=zed), by=kim)
    leave_space(closed, by=zed)

    request_to_join(closed, by=zed)
    decline_request(JoinRequest.objects.get(), by=kim)

    assert [answer.is_accepted for answer in answers_to(zed)] == [False]


def test_request_that_is_taken_back_has_no_answer(closed: Space, zed: User) -> None:
    decline_request(request_to_join(closed, by=zed), by=zed)

    assert not JoinAnswer.objects.exists()


def test_answer_is_shown_to_nobody_else(closed: Space, kim: User, zed: User, ada: User) -> None:
    decline_request(request_to_join(closed, by=zed), by=kim, reason="No")
    (answer,) = answers_to(zed)

    assert answers_to(ada) == answers_to(kim) == []
    with pytest.raises(PermissionDenied):
        dismiss_answer(answer, by=ada)
    assert answers_to(zed) == [answer]


def test_answer_is_not_shown_once_the_space_is_secret(closed: Space, kim: User, zed: User) -> None:
    decline_request(request_to_join(closed, by=zed), by=kim)
    Space.objects.filter(pk=closed.pk).update(visibility="secret")

    assert answers_to(zed) == []


def test_reason_at_the_limit_is_taken_and_one_above_refused(
    closed: Space, kim: User, zed: User
) -> None:
    asked = request_to_join(closed, by=zed)
    with pytest.raises(ValidationError) as error:
        decline_request(asked, by=kim, reason="x" * 301)
    assert error.value.message_dict == {"reason": ["At most 300 characters; this has 301."]}

    decline_request(asked, by=kim, reason="x" * 300)
    assert [len(answer.reason) for answer in answers_to(zed)] == [300]


@pytest.mark.parametrize("verb", ["approval", "refusal"])
def test_reason_that_is_too_long_stays_in_its_field(
    client: Client, closed: Space, kim: User, zed: User, verb: str
) -> None:
    request_to_join(closed, by=zed, message="I keep the books.")
    client.force_login(kim)

    answer = client.post(f"/s/backroom/requests/zed/{verb}", {"reason": "y" * 301})

    page = answer.content.decode()
    assert (answer.status_code, "y" * 301 in page, "I keep the books." in page) == (422, True, True)
    assert JoinRequest.objects.count() == 1


def test_page_of_a_request_is_for_moderators(
    client: Client, closed: Space, kim: User, zed: User, ada: User
) -> None:
    request_to_join(closed, by=zed)

    found = {}
    for viewer in (kim, ada, zed):
        client.force_login(viewer)
        found[viewer.name] = client.get("/s/backroom/requests/zed").status_code
    assert found == {"Kim": 200, "Ada": 404, "Zed": 403}
