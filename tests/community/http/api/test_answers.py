"""What holds for every operation: errors, versions, copies, limits, pages, who asks."""

import json
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from pytest_django.fixtures import Settings

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Post, Topic
from tests.factories.community import PASSWORD, make_person
from tests.factories.discussions import make_topic, opening
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def no_requests_yet() -> None:
    caches["fast"].clear()


def told(answer: Any) -> dict[str, Any]:
    """What a problem says, without its sentences."""
    assert answer.headers["Content-Type"] == PROBLEM
    found: dict[str, Any] = json.loads(answer.content)
    assert found["status"] == answer.status_code
    return found


def pointers(answer: Any) -> list[str]:
    return [error["pointer"] for error in told(answer)["errors"]]


def test_hidden_and_missing_are_told_alike(zed: User, secret: Space) -> None:
    program = Program(zed)

    hidden, missing = program.get("/spaces/cellar"), program.get("/spaces/nowhere")

    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert told(program.get("/no/such/address")) == told(missing)


def test_wrong_fields_are_pointed_at_by_serializer_and_action(ada: User, space: Space) -> None:
    program = Program(ada)
    sent = {"space": "workshop", "kind": "question", "title": "T", "source": "S", "tags": ["vpn"]}

    by_type = program.ask("POST", "/topics", sent | {"title": 3, "tags": ["vpn", 4], "x~/y": 1})
    by_rule = program.ask("POST", "/topics", sent | {"title": " ", "tags": []})

    assert by_type.status_code == by_rule.status_code == 422
    assert pointers(by_type) == ["#/x~0~1y"]
    assert pointers(program.ask("POST", "/topics", sent | {"title": 3, "tags": ["vpn", 4]})) == [
        "#/title",
        "#/tags/1",
    ]
    assert set(pointers(by_rule)) <= {"#/title", "#/tags"}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ('{"title": NaN}', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("[]", "application/json", 422),
        ("title=T", "application/x-www-form-urlencoded", 415),
        ("--x--", "multipart/form-data; boundary=x", 415),
        ("title", "text/plain", 415),
        ('{"title": "' + "x" * 1_100_000 + '"}', "application/json", 413),
    ],
)
def test_body_that_is_no_json_object_is_refused(
    ada: User, body: str, content_type: str, status: int
) -> None:
    answer = Client().post(
        "/api/v1/topics",
        body,
        content_type=content_type,
        headers={"Authorization": f"Bearer {Program(ada).secret}"},
    )

    assert told(answer)["status"] == status


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_text_that_cannot_be_stored_is_refused(ada: User, space: Space, text: str) -> None:
    sent = {"space": "workshop", "kind": "question", "title": text, "source": text, "tags": ["vpn"]}

    assert {"#/title", "#/source"} == set(pointers(Program(ada).ask("POST", "/topics", sent)))


def test_method_that_there_is_not_is_told(ada: User) -> None:
    assert told(Program(ada).ask("DELETE", "/topics"))["status"] == 405
    assert told(Program(ada).ask("OPTIONS", "/topics"))["status"] == 405


def test_nul_in_the_address_is_told(ada: User) -> None:
    assert told(Program(ada).get("/topics?order=%00"))["status"] == 400


def test_unknown_parameter_is_named(ada: User) -> None:
    answer = told(Program(ada).get("/topics?limit=101"))

    assert [error["parameter"] for error in answer["errors"]] == ["limit"]
    assert told(Program(ada).get("/topics?ordr=newest"))["errors"][0]["parameter"] == "ordr"


def test_broken_server_is_told(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("community.accounts.api.me_shape", lambda person: 1 / 0)

    assert told(Program(ada).get("/me"))["status"] == 500


def test_nobody_is_asked_for_a_token(db: None) -> None:
    answer = Client().get("/api/v1/topics")

    assert told(answer)["status"] == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Guildhall"'


def test_session_reads_and_writes_only_with_the_token_of_its_pages(question: Topic) -> None:
    make_person("Eve", password=PASSWORD)
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login/")
    token = client.cookies["csrf"].value
    typed = {"login": "eve@example.com", "password": PASSWORD, "csrfmiddlewaretoken": token}
    client.post("/account/login/", typed)
    path, body = f"/api/v1/topics/{question.public_id}/answers", {"source": "Mine."}

    assert client.get("/api/v1/topics").status_code == 200
    without = client.post(path, body, content_type="application/json")
    token = client.cookies["csrf"].value
    with_it = client.post(
        path, body, content_type="application/json", headers={"X-CSRFToken": token}
    )

    assert told(without)["status"] == 403
    assert with_it.status_code == 201


def test_edit_needs_the_version_that_was_read(ada: User, question: Topic) -> None:
    program, path = Program(ada), f"/posts/{opening(question).public_id}"
    tag = program.get(path).headers["ETag"]

    without = program.ask("PATCH", path, {"source": "One."})
    first = program.ask("PATCH", path, {"source": "One."}, if_match=tag)
    late = program.ask("PATCH", path, {"source": "Two."}, if_match=tag)
    nonsense = program.ask("PATCH", path, {"source": "Two."}, if_match='"x"')
    compressed = program.ask("PATCH", path, {"source": "3."}, if_match="W/" + first.headers["ETag"])
    whatever = program.ask("PATCH", path, {"source": "Four."}, if_match="*")

    answers = [without, first, late, nonsense, compressed, whatever]
    assert [answer.status_code for answer in answers] == [428, 200, 412, 412, 200, 200]
    assert Post.objects.get(topic=question, number=1).source == "Four."


def test_vote_makes_copies_stale_and_edits_no_conflict(
    ada: User, ben: User, question: Topic
) -> None:
    program, path = Program(ada), f"/posts/{opening(question).public_id}"
    tag = program.get(path).headers["ETag"]
    assert program.get(path, if_none_match=tag).status_code == 304

    Program(ben).ask("PUT", f"{path}/vote", {"value": 1})

    assert program.get(path, if_none_match=tag).status_code == 200
    assert program.ask("PATCH", path, {"source": "New."}, if_match=tag).status_code == 200


def test_unchanged_answer_is_empty(ada: User) -> None:
    program = Program(ada)
    tag = program.get("/me").headers["ETag"]

    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = program.get("/me", if_none_match=asked)
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)


def test_repeat_with_the_same_key_makes_one_object(ada: User, space: Space) -> None:
    program = Program(ada)
    sent = {"space": "workshop", "kind": "question", "title": "T", "source": "S", "tags": ["vpn"]}

    answers = [program.ask("POST", "/topics", sent, idempotency_key="k") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Topic.objects.count() == 1
    long = program.ask("POST", "/topics", sent, idempotency_key="k" * 81)
    assert told(long)["status"] == 400


@time_machine.travel("2026-11-24 12:00:15Z", tick=False)
def test_limit_is_told_and_kept(ada: User, settings: Settings) -> None:
    settings.API_READS_PER_MINUTE, settings.API_WRITES_PER_MINUTE = 2, 1
    program = Program(ada)

    answers = [program.get("/me"), Program(ada).get("/me"), program.get("/me")]

    assert [answer.headers["RateLimit"] for answer in answers] == [
        '"reads";r=1;t=45',
        '"reads";r=0;t=45',
        '"reads";r=0;t=45',
    ]
    assert answers[0].headers["RateLimit-Policy"] == '"reads";q=2;w=60'
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (told(answers[2])["status"], answers[2].headers["Retry-After"]) == (429, "45")
    assert program.ask("PUT", "/me/handle", {"handle": "lovelace"}).status_code == 200


@time_machine.travel("2026-11-24 12:00:30Z", tick=False)
def test_program_and_page_share_a_limit(ada: User) -> None:
    client = Client()
    client.force_login(ada)
    for _ in range(10):
        client.post("/spaces/new", {})

    assert told(Program(ada).ask("POST", "/spaces", {"name": "One more"}))["status"] == 429


@pytest.mark.parametrize("order", ["active", "newest", "popular", "mine", "unanswered"])
def test_next_leads_through_the_whole_list_once(ada: User, space: Space, order: str) -> None:
    made = {make_topic(space, by=ada).public_id for _ in range(5)}
    program, seen, path = Program(ada), [], f"/topics?limit=2&order={order}"
    pages = 0

    while path:
        page = program.get(path).json()
        seen += [row["id"] for row in page["results"]]
        path, pages = (page["next"] or "").partition("/api/v1")[2], pages + 1

    assert (sorted(seen), pages) == (sorted(made), 3)
