"""Topics and posts, for programs: lists, starting, reading, writing, editing, deleting."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.api.shapes import written
from community.spaces.models import Space
from discussions.tags.actions import prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.topics.actions import close_topic
from discussions.topics.models import Kind, Origin, Topic
from tests.factories.discussions import make_answer, make_comment, make_reply, make_topic, opening
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

NEW = {"space": "workshop", "kind": "question", "title": "T", "source": "*S*", "tags": ["vpn"]}


def ids(answer: Any) -> list[str]:
    return [row["id"] for row in answer.json()["results"]]


def test_topic_is_started_and_read(ada: User, space: Space) -> None:
    program = Program(ada)
    made = program.ask("POST", "/topics", NEW)

    found = program.get(made.headers["Location"].removeprefix("/api/v1")).json()

    assert made.status_code == 201
    assert found == found | made.json()
    assert (found["author"], found["byline"], found["tags"]) == ("ada", "Ada", ["vpn"])
    assert found["opening"]["html"] == '<p dir="auto"><em>S</em></p>\n'
    assert (found["posts"], found["next"]) == ([], None)


@pytest.mark.parametrize("slug", ["cellar", "nowhere"])
def test_topic_is_not_started_where_nobody_lets_one(zed: User, secret: Space, slug: str) -> None:
    answer = Program(zed).ask("POST", "/topics", NEW | {"space": slug})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/space")


def test_thread_has_answers_by_worth_and_comments_beneath(
    ada: User, ben: User, mia: User, question: Topic
) -> None:
    first, second = make_answer(question, by=ben), make_answer(question, by=mia)
    comment, remark = make_comment(second, by=ada), make_comment(opening(question), by=ben)
    Program(ada).ask("PUT", f"/posts/{second.public_id}/vote", {"value": 1})

    found = Program(ben).get(f"/topics/{question.public_id}").json()

    assert [post["id"] for post in found["posts"]] == [second.public_id, first.public_id]
    assert [one["id"] for one in found["posts"][0]["comments"]] == [comment.public_id]
    assert [one["id"] for one in found["opening"]["comments"]] == [remark.public_id]
    assert found["posts"][0]["comments"][0]["parent"] == second.public_id
    assert (found["posts"][0]["up"], found["answer_count"]) == (1, 2)


def test_reply_names_what_it_replies_to(ada: User, ben: User, space: Space) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    to, program = make_reply(talk, by=ada), Program(ben)
    path = f"/topics/{talk.public_id}/replies"

    made = program.ask("POST", path, {"source": "Yes.", "reply_to": to.public_id}).json()
    gone = program.ask("POST", path, {"source": "Yes.", "reply_to": "none"})

    assert made["parent"] == to.public_id
    assert gone.json()["errors"][0]["pointer"] == "#/reply_to"
    found = program.get(f"/topics/{talk.public_id}").json()
    assert [post["parent"] for post in found["posts"]] == [None, to.public_id]


def test_next_leads_through_a_long_thread(ada: User, space: Space) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    made = [make_reply(talk, by=ada).public_id for _ in range(21)]
    program = Program(ada)

    first = program.get(f"/topics/{talk.public_id}").json()
    second = program.get(first["next"].partition("/api/v1")[2]).json()

    assert [post["id"] for post in first["posts"] + second["posts"]] == made
    assert second["next"] is None


def test_topics_are_narrowed(ada: User, ben: User, question: Topic, space: Space) -> None:
    talk = make_topic(space, by=ben, kind=Kind.DISCUSSION, tags=["desks"])
    program = Program(ada)

    assert ids(program.get("/topics?order=newest")) == [talk.public_id, question.public_id]
    assert ids(program.get("/topics?kind=discussion")) == [talk.public_id]
    assert ids(program.get("/topics?tag=vpn&space=workshop")) == [question.public_id]
    assert ids(program.get("/topics?author=ben")) == [talk.public_id]
    assert ids(program.get("/topics?order=mine")) == [question.public_id]
    assert ids(program.get("/topics?order=unanswered")) == [question.public_id]


def test_topics_are_narrowed_by_state_and_time(
    ada: User, ben: User, mia: User, question: Topic, space: Space
) -> None:
    talk = make_topic(space, by=ben, kind=Kind.DISCUSSION)
    close_topic(talk, by=mia, reason="Said.")
    between = written(talk.created_at).replace("+", "%2B")
    program = Program(ada)

    assert ids(program.get("/topics?state=closed")) == [talk.public_id]
    assert ids(program.get("/topics?state=unanswered")) == [question.public_id]
    assert ids(program.get(f"/topics?since={between}")) == [talk.public_id]
    assert ids(program.get(f"/topics?until={between}")) == [question.public_id]
    wrong = program.get("/topics?since=yesterday")
    assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (400, "since")


def test_muted_tags_are_left_out_where_no_place_is_named(
    ben: User, question: Topic, space: Space
) -> None:
    prefer_tag(Tag.objects.get(name="vpn"), by=ben, level=TagPreference.Level.MUTE)

    assert ids(Program(ben).get("/topics")) == []
    assert ids(Program(ben).get("/topics?space=workshop")) == [question.public_id]


def test_stranger_finds_nothing_of_a_secret_space(zed: User, ada: User, secret: Space) -> None:
    topic = make_topic(secret, by=ada, tags=["hidden"])
    program = Program(zed)

    assert ids(program.get("/topics")) == []
    paths = ["/topics?space=cellar", "/topics?tag=hidden", f"/topics/{topic.public_id}"]
    assert [program.get(path).status_code for path in paths] == [404, 404, 404]
    assert ids(Program(ada).get("/topics?tag=hidden")) == [topic.public_id]


def test_closed_space_is_known_and_not_read(zed: User, ada: User, closed: Space) -> None:
    make_topic(closed, by=ada)

    assert Program(zed).get("/topics?space=backroom").status_code == 403


def test_opening_post_is_edited_with_its_title_and_tags(ada: User, question: Topic) -> None:
    program, path = Program(ada), f"/posts/{opening(question).public_id}"

    edited = program.ask(
        "PATCH", path, {"title": "New", "tags": ["mtu"], "reason": "Clearer"}, if_match="*"
    )

    assert (edited.json()["version"], edited.json()["source"]) == (
        2,
        program.get(path).json()["source"],
    )
    found = program.get(f"/topics/{question.public_id}").json()
    assert (found["title"], found["tags"]) == ("New", ["mtu"])
    versions = program.get(f"{path}/revisions").json()["results"]
    assert [(one["number"], one["title"], one["reason"]) for one in versions] == [
        (2, "New", "Clearer"),
        (1, "Why does the tunnel drop?", ""),
    ]
    assert program.get(f"{path}/revisions/1").json() == versions[1]


def test_version_is_rolled_back_to_and_emptied(ada: User, mia: User, question: Topic) -> None:
    program, path = Program(ada), f"/posts/{opening(question).public_id}"
    before = program.get(path).json()["source"]
    program.ask("PATCH", path, {"source": "Secret"}, if_match="*")

    missing = program.ask("POST", f"{path}/revisions/1/rollback")
    back = program.ask("POST", f"{path}/revisions/1/rollback", if_match='"2.x"')
    refused = program.ask("POST", f"{path}/revisions/2/blanking")
    emptied = Program(mia).ask("POST", f"{path}/revisions/2/blanking")

    assert [missing.status_code, refused.status_code] == [428, 403]
    assert (back.json()["source"], back.json()["version"]) == (before, 3)
    assert emptied.json()["source"] == ""
    assert emptied.json()["blanked_at"] is not None


def test_post_is_deleted_and_restored(ada: User, ben: User, question: Topic) -> None:
    answer, program = make_answer(question, by=ben), Program(ben)
    Program(ada).ask("PUT", f"/posts/{answer.public_id}/acceptance")

    gone = program.ask("DELETE", f"/posts/{answer.public_id}")
    unseen = Program(ada).get(f"/posts/{answer.public_id}")
    back = program.ask("POST", f"/posts/{answer.public_id}/restoration")

    assert (gone.status_code, unseen.status_code) == (204, 404)
    assert (back.json()["deleted_at"], back.json()["accepted_at"]) == (None, None)


def test_answer_is_accepted_by_who_asked(ada: User, ben: User, question: Topic) -> None:
    made = Program(ben).ask("POST", f"/topics/{question.public_id}/answers", {"source": "So."})
    path = f"/posts/{made.json()['id']}/acceptance"

    assert Program(ben).ask("PUT", path).status_code == 403
    assert Program(ada).ask("PUT", path).json()["accepted_at"] is not None
    assert Program(ben).get(f"/topics/{question.public_id}").json()["solved_at"] is not None
    assert Program(ada).ask("DELETE", path).status_code == 204


def test_vote_is_cast_read_and_taken_back(ben: User, ada: User, question: Topic) -> None:
    first, program = opening(question).public_id, Program(ben)
    path = f"/posts/{first}/vote"

    assert program.get(path).json() == {"value": None}
    assert program.ask("PUT", path, {"value": -1}).json() == {"value": -1}
    assert program.get(f"/topics/{question.public_id}/votes").json() == {"votes": {first: -1}}
    assert program.ask("PUT", path, {"value": 0}).status_code == 422
    assert Program(ada).ask("PUT", path, {"value": 1}).status_code == 403
    assert program.ask("DELETE", path).status_code == 204
    assert program.get(path).json() == {"value": None}


def test_moderator_closes_and_pins(mia: User, ada: User, question: Topic) -> None:
    program, path = Program(mia), f"/topics/{question.public_id}"

    assert Program(ada).ask("PUT", f"{path}/closure", {"reason": "Done"}).status_code == 403
    closed = program.ask("PUT", f"{path}/closure", {"reason": "Done"})
    pinned = program.ask("PUT", f"{path}/pin", {"until": "2027-01-01T00:00:00+05:30"})
    found = program.get(path).json()

    assert (closed.json()["reason"], closed.json()["by"]) == ("Done", "mia")
    assert (pinned.status_code, found["pinned_until"]) == (204, "2026-12-31T18:30:00Z")
    assert found["closed_at"] is not None
    assert program.ask("DELETE", f"{path}/closure").status_code == 204
    assert program.ask("DELETE", f"{path}/pin").status_code == 204
    history = program.get(f"{path}/closures").json()["results"]
    assert [(one["reason"], one["reopened_by"]) for one in history] == [("Done", "mia")]


@pytest.mark.parametrize("until", ["2999-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "2027-01-01", 5])
def test_pin_until_no_sensible_time_is_refused(mia: User, question: Topic, until: object) -> None:
    answer = Program(mia).ask("PUT", f"/topics/{question.public_id}/pin", {"until": until})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/until")


def test_imported_post_tells_where_it_comes_from(ada: User, question: Topic) -> None:
    Origin.objects.create(
        system="elsewhere.example",
        kind="question",
        external_id="1",
        object_id=opening(question).pk,
        url="https://elsewhere.example/1",
        licence="CC BY-SA 4.0",
    )

    found = Program(ada).get(f"/topics/{question.public_id}").json()

    assert found["opening"]["origin"]["licence"] == "CC BY-SA 4.0"


def test_preview_is_rendered_and_refused(ada: User) -> None:
    program = Program(ada)

    assert program.ask("POST", "/preview", {"source": "*x*"}).json() == {
        "html": '<p dir="auto"><em>x</em></p>\n'
    }
    refused = program.ask("POST", "/preview", {"source": "x" * 50_001})
    assert refused.json()["errors"][0]["pointer"] == "#/source"


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_for_many_rows(
    ada: User,
    ben: User,
    question: Topic,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        make_comment(make_answer(question, by=ben), by=ada)
        make_topic(question.space, by=ada, tags=["vpn", "mtu"])
    program = Program(ada)

    with django_assert_num_queries(7):
        program.get(f"/topics/{question.public_id}")
    with django_assert_num_queries(3):
        program.get("/topics")
    with django_assert_num_queries(3):
        program.get(f"/posts/{opening(question).public_id}")


def test_link_without_an_address_is_no_topic(ada: User, space: Space) -> None:
    answer = Program(ada).ask("POST", "/topics", NEW | {"kind": "link"})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/kind")
    assert not Topic.objects.exists()
