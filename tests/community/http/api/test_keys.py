"""A key that comes again: with the same it is a repeat, with something else an error."""

import json
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import Settings

from community.accounts.models import User
from community.files.models import File
from community.spaces.models import Space
from discussions.topics.models import Post, Topic
from tests.factories.community import make_person
from tests.factories.tokens import Program, make_secret

PROBLEM = {
    "title": HTTPStatus(422).phrase,
    "status": 422,
    "detail": "This Idempotency-Key was sent before, with something else. Take a new key.",
}


def test_key_with_another_body_is_refused_and_makes_nothing(ada: User) -> None:
    program = Program(ada)
    first = program.ask("POST", "/spaces", {"name": "Workshop"}, idempotency_key="k")

    other = program.ask("POST", "/spaces", {"name": "Office"}, idempotency_key="k")

    assert (first.status_code, other.status_code) == (201, 422)
    assert other.headers["Content-Type"] == "application/problem+json"
    assert json.loads(other.content) == PROBLEM
    assert [space.name for space in Space.objects.all()] == ["Workshop"]


def test_same_body_in_another_order_is_a_repeat(ada: User) -> None:
    program = Program(ada)
    body = {"name": "Workshop", "description": "Where things are mended."}
    turned = dict(reversed(body.items()))

    made = [program.ask("POST", "/spaces", sent, idempotency_key="k") for sent in (body, turned)]

    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert Space.objects.count() == 1


def test_key_of_another_address_is_refused(ada: User, question: Topic) -> None:
    program, sent = Program(ada), {"source": "Lower the mtu."}
    path = f"/topics/{question.public_id}/answers"
    answer = program.ask("POST", path, sent, idempotency_key="k").json()
    posts = Post.objects.count()

    comment = program.ask("POST", f"/posts/{answer['id']}/comments", sent, idempotency_key="k")

    assert comment.status_code == 422
    assert Post.objects.count() == posts


def test_key_is_free_after_a_refusal_and_belongs_to_one_person(ada: User, ben: User) -> None:
    program = Program(ada)
    assert program.ask("POST", "/spaces", {"name": ""}, idempotency_key="k").status_code == 422

    assert program.ask("POST", "/spaces", {"name": "Yard"}, idempotency_key="k").status_code == 201
    other = Program(ben).ask("POST", "/spaces", {"name": "Shed"}, idempotency_key="k")
    assert other.status_code == 201


def test_key_with_another_file_is_refused(ada: User) -> None:
    def send(content: bytes) -> int:
        return (
            Client()
            .post(
                "/api/v1/files",
                {"file": SimpleUploadedFile("a.txt", content)},
                headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "k"},
            )
            .status_code
        )

    secret = make_secret(ada)

    assert [send(b"One.\n"), send(b"One.\n"), send(b"Two.\n")] == [201, 201, 422]
    assert File.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_same", [True, False])
def test_parallel_use_of_a_key_makes_one_object(
    transactional_db: None, is_same: bool, settings: Settings
) -> None:
    # zeal takes the second look of get_or_create(), after a lost race, for a loop.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "zeal" not in name]
    program = Program(make_person("Ada"))

    def send(number: int) -> Any:
        try:
            name = "Workshop" if is_same else f"Workshop {number}"
            return program.ask("POST", "/spaces", {"name": name}, idempotency_key="k")
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=5) as pool:
        answers = list(pool.map(send, range(5)))

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == ([201] * 5 if is_same else [201] + [422] * 4)
    assert Space.objects.count() == 1
