"""Answers to requests to join, for programs."""

import pytest

from community.accounts.models import User
from community.spaces.models import JoinAnswer, JoinRequest, Space
from tests.factories.tokens import Program

MINE = "/spaces/backroom/request"
ZED = "/spaces/backroom/requests/zed"


@pytest.fixture
def asked(closed: Space, zed: User) -> Program:
    """Zed's program, who asked to join."""
    program = Program(zed)
    program.ask("PUT", MINE, {"message": "Let me in"})
    return program


def test_who_asks_reads_their_request_and_the_answer(asked: Program, mia: User) -> None:
    assert asked.get(MINE).json()["message"] == "Let me in"
    assert asked.get(f"{MINE}/answer").status_code == 404

    refused = Program(mia).ask("POST", f"{ZED}/refusal", {"reason": "Not before May."})

    assert (refused.status_code, asked.get(MINE).status_code) == (204, 404)
    told = asked.get(f"{MINE}/answer").json()
    assert (told["is_accepted"], told["reason"]) == (False, "Not before May.")
    assert told["by"]["handle"] == "mia"
    assert asked.ask("DELETE", f"{MINE}/answer").status_code == 204
    assert not JoinAnswer.objects.exists()


def test_somebody_is_let_in_with_a_word(asked: Program, mia: User) -> None:
    welcome = Program(mia).ask("PUT", ZED, {"reason": "Welcome."})
    assert (welcome.status_code, welcome.json()["role"]) == (200, "member")
    assert asked.get(f"{MINE}/answer").json()["reason"] == "Welcome."


def test_reason_that_is_too_long_is_refused_and_the_request_waits(
    asked: Program, mia: User
) -> None:
    refused = Program(mia).ask("POST", f"{ZED}/refusal", {"reason": "x" * 301})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "#/reason")
    assert JoinRequest.objects.count() == 1


def test_others_answer_nothing(asked: Program, closed: Space, ada: User, ben: User) -> None:
    for person in (ada, ben):
        for method, address in (("PUT", ZED), ("POST", f"{ZED}/refusal")):
            answer = Program(person).ask(method, address, {"reason": "No."})
            assert answer.status_code in {403, 404}
        assert Program(person).get(f"{MINE}/answer").status_code == 404
    assert JoinRequest.objects.count() == 1
