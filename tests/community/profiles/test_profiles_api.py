"""How to work with oneself and with colleagues, for programs."""

from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from tests.factories.community import make_guest, make_person
from tests.factories.tokens import Program

DAY = ["09:00", "17:30"]
WEEK = [DAY, DAY, DAY, DAY, None, None, None]
SAID = {
    "pronouns": "she/her",
    "languages": "English",
    "hours": WEEK,
    "away_until": "2026-12-04",
    "stand_in": "@Ben",
    "links": [{"url": "https://example.com/ada"}, {"text": "Code", "url": "https://example.org"}],
}


@pytest.fixture
def said(ada: User, ben: User) -> Program:
    program = Program(ada)
    program.ask("PATCH", "/me/details", SAID, if_match="*")
    return program


def test_details_are_edited_in_part(said: Program) -> None:
    read = said.get("/me/details")

    answer = said.ask("PATCH", "/me/details", {"stand_in": None}, if_match=read.headers["ETag"])

    links = [{"text": "https://example.com/ada", "url": "https://example.com/ada"}]
    expected = SAID | {"stand_in": "ben", "links": [*links, SAID["links"][1]]}
    assert read.json() == expected
    assert answer.json() == expected | {"stand_in": None}
    assert said.get("/me/details").json() == answer.json()


def test_edit_of_what_somebody_else_edited_is_refused(ada: User) -> None:
    program = Program(ada)
    tag = program.get("/me/details").headers["ETag"]
    program.ask("PATCH", "/me/details", {"pronouns": "she"}, if_match=tag)

    late = program.ask("PATCH", "/me/details", {"pronouns": "they"}, if_match=tag)

    assert late.status_code == 412
    assert program.ask("PATCH", "/me/details", {"pronouns": "they"}).status_code == 428
    assert program.get("/me/details").json()["pronouns"] == "she"


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"pronouns": "x" * 41}, "#/pronouns"),
        ({"hours": [DAY]}, "#/hours"),
        ({"hours": [["9", "17:30"], *WEEK[1:]]}, "#/hours/0/0"),
        ({"hours": [["09:00", "24:00"], *WEEK[1:]]}, "#/hours/0/1"),
        ({"hours": [["09:00"], *WEEK[1:]]}, "#/hours/0"),
        ({"hours": [["17:30", "09:00"], *WEEK[1:]]}, "#/hours"),
        ({"away_until": "soon"}, "#/away_until"),
        ({"away_until": "2026-12-04", "stand_in": "nobody"}, "#/stand_in"),
        ({"stand_in": "ben"}, "#/stand_in"),
        ({"links": [{"url": "http://example.com"}]}, "#/links"),
        ({"links": [{"text": "No address"}]}, "#/links"),
        ({"links": [{"url": "https://example.com", "to": 1}]}, "#/links/0/to"),
    ],
)
def test_details_that_dont_fit_are_refused(
    ada: User, ben: User, sent: dict[str, Any], pointer: str
) -> None:
    answer = Program(ada).ask("PATCH", "/me/details", sent, if_match="*")

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@time_machine.travel("2026-12-01T10:00:00Z", tick=False)
def test_colleague_reads_who_covers(said: Program, zed: User) -> None:
    found = Program(zed).get("/people/ada/details").json()

    assert found.pop("stand_in")["handle"] == "ben"
    assert found == {
        "pronouns": "she/her",
        "languages": "English",
        "links": said.get("/me/details").json()["links"],
        "hours_today": DAY,
        "is_working": True,
        "away_until": "2026-12-04",
    }


@time_machine.travel("2026-12-05T10:00:00Z", tick=False)
def test_nobody_covers_after_the_last_day(said: Program, zed: User) -> None:
    found = Program(zed).get("/people/ada/details").json()

    shown = {name: found[name] for name in ("hours_today", "is_working", "away_until", "stand_in")}
    assert shown == {
        "hours_today": None,
        "is_working": False,
        "away_until": None,
        "stand_in": None,
    }


@time_machine.travel("2026-12-01T10:00:00Z", tick=False)
def test_guest_reads_of_visible_people_only(said: Program, ada: User, space: Space) -> None:
    stranger = Program(make_guest("Gus"))
    met = Program(make_guest("Gina", spaces=(space,)))
    ask_in = Program(ada).ask("PUT", "/spaces/workshop/membership")

    hidden, missing = stranger.get("/people/ada/details"), stranger.get("/people/none/details")

    assert ask_in.status_code == 200
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    found = met.get("/people/ada/details").json()
    assert (found["away_until"], found["stand_in"]) == ("2026-12-04", None)


@pytest.mark.parametrize("links", [1, 3])
def test_details_cost_three_queries(
    ada: User, ben: User, links: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sent = SAID | {"links": [{"url": f"https://example.com/{n}"} for n in range(links)]}
    program = Program(ada)
    program.ask("PATCH", "/me/details", sent, if_match="*")
    other = Program(make_person())

    with django_assert_num_queries(2):
        program.get("/me/details")
    with django_assert_num_queries(3):
        other.get("/people/ada/details")
