"""Every limit lets through what reaches it and refuses one more, with a sentence that names it."""

from collections.abc import Callable
from itertools import count as count_up
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from community.accounts.models import User
from community.following.actions import follow_person
from community.spaces.models import Space
from community.text.errors import TextRefused
from community.text.markdown import render
from community.tokens.actions import make_token
from discussions.drafts.actions import save_draft
from discussions.drafts.places import Form, Place
from discussions.reactions.actions import cast_vote
from discussions.saved.actions import save_post
from learning.collections.actions import create_collection, set_people
from learning.collections.items import add_item
from tests.factories.community import make_person
from tests.factories.discussions import (
    make_comment,
    make_link,
    make_topic,
    opening,
)

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
_numbers = count_up(1)
Reach = Callable[[Space, User, int], object]


def somebody() -> User:
    return make_person(f"Person {next(_numbers)}")


def draft(space: Space, ada: User, count: int) -> None:
    for number in range(count):
        topic = make_topic(space, by=ada)
        save_draft(Place(Form.TOPIC, topic.public_id), {"source": f"{number}"}, by=ada)


def save(space: Space, ada: User, count: int) -> None:
    for _number in range(count):
        save_post(opening(make_topic(space, by=ada)), by=ada)


def follow(space: Space, ada: User, count: int) -> None:
    for _number in range(count):
        follow_person(somebody(), by=ada)


def vote(space: Space, ada: User, count: int) -> None:
    asks = somebody()
    for _number in range(count):
        cast_vote(opening(make_topic(space, by=asks)), by=ada, value=1)


def collect(space: Space, ada: User, count: int) -> None:
    for number in range(count):
        create_collection(by=ada, title=f"Number {number}")


def fill(space: Space, ada: User, count: int) -> None:
    collection = create_collection(by=ada, title="Full")
    for _number in range(count):
        add_item(collection, make_link(space, by=ada), by=ada)


def curate(space: Space, ada: User, count: int) -> None:
    people = [somebody() for _number in range(count)]
    collection = create_collection(by=ada, title="Curated")
    set_people(collection, by=ada, owner=None, curators=people)


def hand_out_tokens(space: Space, ada: User, count: int) -> None:
    for number in range(count):
        make_token(by=ada, name=f"Number {number}", scopes=["discussions:read"], days=7)


def mention(space: Space, ada: User, count: int) -> None:
    handles = [somebody().handle for _number in range(count)]
    make_topic(space, by=ada, source=" ".join(f"@{handle}" for handle in handles))


def table(rows: int, columns: int) -> str:
    line = "|" + "x|" * columns
    return "\n".join([line, "|" + "-|" * columns, *[line] * (rows - 1)])


REACHED: dict[str, tuple[int, Reach]] = {
    "MAX_TITLE_LENGTH": (9, lambda space, ada, n: make_topic(space, by=ada, title="x" * n)),
    "MAX_POST_LENGTH": (9, lambda space, ada, n: make_topic(space, by=ada, source="x" * n)),
    "MAX_COMMENT_LENGTH": (
        9,
        lambda space, ada, n: make_comment(
            opening(make_topic(space, by=ada)), by=ada, source="x" * n
        ),
    ),
    "MAX_TAGS": (2, lambda space, ada, n: make_topic(space, by=ada, tags=list("abcdefghi"[:n]))),
    "MAX_MENTIONS": (2, mention),
    "MAX_TABLE_COLUMNS": (3, lambda space, ada, n: render(table(2, n))),
    "MAX_TABLE_CELLS": (8, lambda space, ada, n: render(table(n, 1))),
    "MAX_DRAFTS": (2, draft),
    "MAX_SAVED": (2, save),
    "MAX_FOLLOWED": (2, follow),
    "MAX_VOTES_PER_DAY": (2, vote),
    "MAX_COLLECTIONS": (2, collect),
    "MAX_COLLECTION_ITEMS": (2, fill),
    "MAX_COLLECTION_DESCRIPTION": (
        9,
        lambda space, ada, n: create_collection(by=ada, title="Long", description="x" * n),
    ),
    "MAX_CURATORS": (2, curate),
    "MAX_TOKENS": (2, hand_out_tokens),
}
# The tests of what no action is called for.
ELSEWHERE = {
    "MAX_BODY_BYTES": "tests/config/site/test_site_limits.py",
    "MAX_UPLOAD_BYTES": "tests/config/site/test_site_limits.py",
    "MAX_FRAME_BYTES": "tests/config/site/test_site_sockets.py",
    "MAX_FILE_BYTES": "tests/community/files/test_files_actions.py",
    "MAX_PERSON_FILE_BYTES": "tests/community/files/test_files_actions.py",
    "MAX_IMAGE_PIXELS": "tests/community/files/test_files_actions.py",
    "MAX_DRAFT_BYTES": "tests/discussions/drafts/test_drafts_actions.py",
    "MAX_HTML_BYTES": "tests/community/text/test_text_limits.py",
    "MAX_POSTS_PER_DAY": "tests/discussions/topics/test_starting.py",
    "MAX_SESSIONS": "tests/community/sessions/test_sessions.py",
    "MAX_PASSKEYS": "tests/community/two_step/test_passkeys.py",
    "MAX_INVITATIONS_AT_ONCE": "tests/community/invitations/test_pages.py",
    "MAX_LINK_USES": "tests/community/invitations/test_pages.py",
    "MAX_SHEET_BYTES": "tests/discussions/sheets/test_sheets_views.py",
    "MAX_SHEET_ROWS": "tests/discussions/sheets/test_parsing.py",
    "MAX_ROSTER_BYTES": "tests/community/roster/test_roster_views.py",
    "MAX_ROSTER_ROWS": "tests/community/roster/test_roster.py",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REACHED)
def test_limit_is_reached_and_not_passed(
    name: str, space: Space, ada: User, settings: Settings
) -> None:
    limit, reach = REACHED[name]
    setattr(settings, name, limit)
    reach(space, ada, limit)
    with pytest.raises((ValidationError, TextRefused), match=rf"\b{limit}\b"):
        reach(space, somebody(), limit + 1)


@pytest.mark.django_db
def test_form_has_a_limited_number_of_fields_and_files(client: Client, ada: User) -> None:
    client.force_login(ada)
    answers = [
        client.post("/preview", {f"field{number}": "x" for number in range(count)}).status_code
        for count in (200, 201)
    ]
    assert answers == [200, 400]


def test_every_limit_is_tested() -> None:
    text = (ROOT / "config/settings.py").read_text()
    limits = {line.split(" = ")[0] for line in text.splitlines() if line.startswith("MAX_")}
    assert limits == {*REACHED, *ELSEWHERE}
    assert [path for path in ELSEWHERE.values() if not (ROOT / path).exists()] == []
