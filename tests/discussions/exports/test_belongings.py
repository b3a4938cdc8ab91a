"""What downloads hold beside topics and posts: everything of one's own, and what readers see."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from community.accounts.models import User
from community.following.actions import follow_person
from community.profiles.actions import Details as ProfileDetails
from community.profiles.actions import edit_details
from community.spaces.membership import leave_space
from community.spaces.models import Role, Space
from discussions.drafts.actions import save_draft
from discussions.drafts.places import Form, Place
from discussions.exports.actions import ask_for_export
from discussions.exports.models import Export
from discussions.resources.actions import rate_resource, use_resource
from discussions.resources.keeping import Details
from discussions.saved.actions import save_with_note
from discussions.tags.access import get_tag
from discussions.tags.actions import prefer_tag
from discussions.tags.models import TagPreference
from discussions.topics.actions import blank_revision, close_topic, edit_post
from discussions.topics.models import Topic
from learning.collections.items import add_item
from tests.factories.community import add_member, make_admin, make_person
from tests.factories.discussions import make_answer, make_link, make_topic, opening
from tests.factories.fields import ask_for_more
from tests.factories.learning import make_collection

pytestmark = pytest.mark.slow

Write = Callable[[Export], dict[str, Any]]


@pytest.fixture
def kim(secret: Space) -> User:
    """A moderator, who may edit what others wrote."""
    person = make_person("Kim")
    add_member(secret, person, actor=None, role=Role.MODERATOR)
    return person


def without_times(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    times = {"at", "saved_at", "since", "created_at"}
    return [{name: value for name, value in row.items() if name not in times} for row in rows]


def test_own_export_holds_what_one_says_of_oneself(ada: User, ben: User, write: Write) -> None:
    edit_details(
        ada, ProfileDetails(pronouns="she/her", away_until=date(2999, 1, 1), stand_in=ben), by=ada
    )
    ask_for_more({"root": make_admin(), "ada": ada, "ben": ben})

    found = write(ask_for_export(by=ada))

    [details] = found["details.jsonl"]
    assert (details["pronouns"], details["stand_in"]) == ("she/her", "ben")
    assert {row["field"]: row["answer"] for row in found["answers.jsonl"]} == {
        "Shift": "Late",
        "Site": "Gdynia",
        "First aid until": "2027-03-01",
        "Buddy": "ben",
    }


def test_own_export_holds_what_one_keeps(
    question: Topic, space: Space, ada: User, ben: User, write: Write
) -> None:
    answer = make_answer(question, by=ben)
    save_with_note(answer, by=ada, note="Try on Monday", remind_at=None)
    save_draft(Place(Form.START), {"title": "Half a thought"}, by=ada)
    for person in (ben, *(make_person() for _ in range(2))):
        follow_person(person, by=ada)
    add_member(space, ada, actor=None)
    prefer_tag(get_tag("vpn", viewer=ada), by=ada, level=TagPreference.Level.FOLLOW)

    found = write(ask_for_export(by=ada))

    [saved] = found["saved.jsonl"]
    assert (saved["post"], saved["note"]) == (answer.public_id, "Try on Monday")
    assert without_times(found["drafts.jsonl"]) == [
        {"form": "start", "texts": {"title": "Half a thought"}}
    ]
    assert without_times(found["followed-people.jsonl"])[0] == {"person": "ben"}
    assert len(found["followed-people.jsonl"]) == 3
    assert without_times(found["tags.jsonl"]) == [{"tag": "vpn", "level": "follow"}]
    assert {"space": space.slug, "role": "member"} in without_times(found["spaces.jsonl"])


def test_own_export_holds_versions_that_one_wrote_and_none_that_was_emptied(
    question: Topic, ada: User, mia: User, write: Write
) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="Second words", based_on=1)
    edit_post(post, by=ada, source="Third words", based_on=2, reason="clearer")
    blank_revision(post.revisions.get(number=2), by=mia)

    found = write(ask_for_export(by=ada))["revisions.jsonl"]

    assert [(row["post"], row["number"], row["reason"]) for row in found] == [
        (post.public_id, 1, ""),
        (post.public_id, 3, "clearer"),
    ]
    assert "Second words" not in str(found)


def test_own_export_names_no_place_that_one_left(
    secret: Space, ada: User, ben: User, write: Write
) -> None:
    link = make_link(secret, by=ben, title="Nobody knows this title")
    use_resource(link, by=ada)
    rate_resource(link, by=ada, stars=4, sentence="My own sentence")
    save_with_note(opening(link), by=ada, note="My own note", remind_at=None)
    leave_space(secret, by=ada)

    found = write(ask_for_export(by=ada))

    assert without_times(found["ratings.jsonl"]) == [
        {"resource": None, "stars": 4, "sentence": "My own sentence"}
    ]
    assert without_times(found["uses.jsonl"]) == [{"resource": None}]
    assert [(row["post"], row["note"]) for row in found["saved.jsonl"]] == [(None, "My own note")]
    everything = str(found)
    for others in ("Nobody knows", link.public_id, opening(link).public_id, secret.slug):
        assert others not in everything


def test_own_export_holds_no_version_and_no_draft_of_what_others_wrote_out_of_sight(
    secret: Space, ben: User, kim: User, write: Write
) -> None:
    topic = make_topic(secret, by=ben, title="Nobody knows this title", source="Ben's own words")
    edit_post(opening(topic), by=kim, source="Ben's own words.", based_on=1)
    mine = make_answer(topic, by=kim, source="Half")
    edit_post(mine, by=kim, source="My own words", based_on=1)
    save_draft(Place(Form.EDIT, opening(topic).public_id), {"source": "Ben's own"}, by=kim)
    leave_space(secret, by=kim)

    found = write(ask_for_export(by=kim))

    assert [row["source"] for row in found["revisions.jsonl"]] == ["Half", "My own words"]
    assert "Ben's own" not in str(found)
    assert "Nobody knows" not in str(found)


def test_own_export_holds_one_s_collections_with_what_one_reads(
    space: Space, secret: Space, ada: User, ben: User, write: Write
) -> None:
    shown, hidden = make_link(space, by=ben), make_link(secret, by=ben)
    mine = make_collection(by=ada, title="First week")
    add_item(mine, shown, by=ada, why="Start here")
    add_item(mine, hidden, by=ada)
    make_collection(by=ben, title="Another's")
    leave_space(secret, by=ada)

    [found] = write(ask_for_export(by=ada))["collections.jsonl"]

    assert (found["title"], found["owner"]) == ("First week", "ada")
    assert found["items"] == [{"topic": shown.public_id, "why": "Start here"}]


def test_space_export_holds_ratings_facts_collections_and_closings(
    space: Space, mia: User, ada: User, ben: User, write: Write
) -> None:
    facts = Details(minutes=12, level="expert", language="de")
    link = make_link(space, by=ben, details=facts)
    use_resource(link, by=ada)
    rate_resource(link, by=ada, stars=5, sentence="Worth it")
    close_topic(make_topic(space, by=ada, title="Over"), by=mia, reason="Settled")
    add_item(make_collection(by=mia, title="First week", space=space), link, by=mia)
    make_collection(by=mia, title="Of no space")

    found = write(ask_for_export(by=mia, space=space))

    told = {row["id"]: row for row in found["topics.jsonl"]}
    assert told[link.public_id]["resource"] == {
        "minutes": 12,
        "level": "expert",
        "language": "de",
        "used": 1,
        "ratings": 1,
        "average": 5.0,
    }
    [over] = [row for row in told.values() if row["title"] == "Over"]
    assert (over["resource"], over["closings"][0]["reason"]) == (None, "Settled")
    assert without_times(found["ratings.jsonl"]) == [
        {"topic": link.public_id, "by": "ada", "stars": 5, "sentence": "Worth it"}
    ]
    assert [row["title"] for row in found["collections.jsonl"]] == ["First week"]
