from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Space, Visibility
from discussions.answers.models import Acceptance, Contribution
from discussions.imports.tally import Tally
from discussions.tags.models import Tag, TagCount
from discussions.topics.counters import COUNTED, recount
from discussions.topics.models import Closure, Origin, Post, Reference, Revision, Topic, TopicLink
from tests.discussions.imports.sample_dump import LONG_BODY

pytestmark = pytest.mark.slow

Run = Callable[[Path], Tally]


@pytest.fixture
def tally(run: Run, dump: Path) -> Tally:
    return run(dump)


def post(external_id: int, kind: str = "answer") -> Post:
    origin = Origin.objects.get(kind=kind, external_id=str(external_id))
    return Post.objects.select_related("topic").get(pk=origin.object_id)


def test_tally_says_what_was_read_added_and_skipped(tally: Tally) -> None:
    assert tally.as_json() == {
        "users": {"read": 4, "added": 4, "skipped": 0},
        "questions": {"read": 3, "added": 3, "skipped": 0},
        "answers": {"read": 4, "added": 3, "skipped": 1},
        "comments": {"read": 4, "added": 2, "skipped": 2},
        "votes": {"read": 7, "added": 3, "skipped": 4},
        "acceptances": {"read": 2, "added": 1, "skipped": 1},
        "tags": {"read": 3, "added": 2, "skipped": 1},
        "links": {"read": 6, "added": 1, "skipped": 5},
        "duplicates": {"read": 1, "added": 1, "skipped": 0},
        "revisions": {"read": 9, "added": 3, "skipped": 6},
    }


def test_tally_says_why_rows_were_skipped(tally: Tally) -> None:
    assert {kind: dict(count.reasons) for kind, count in tally.counts.items() if count.reasons} == {
        "answers": {"its question isn't in the dump": 1},
        "comments": {"its post isn't in the dump": 1, "its post isn't imported": 1},
        "votes": {
            "neither up nor down": 2,
            "its post isn't in the dump": 1,
            "its post isn't imported": 1,
        },
        "acceptances": {"its answer isn't in the dump": 1},
        "tags": {"no usable name, or one that occurs twice": 1},
        "links": {
            "both ends are in one topic": 1,
            "an end isn't in the dump": 1,
            "an end isn't imported": 1,
            "of another kind": 1,
            "the same link as another row": 1,
        },
        "revisions": {
            "part of the same edit as another row": 3,
            "not an edit": 1,
            "its post isn't in the dump": 1,
            "its post isn't imported": 1,
        },
    }


def test_dangling_references_are_listed_in_the_file_that_the_table_names(tally: Tally) -> None:
    path = settings.DATA_DIR / "imports" / "sample-dangling.txt"
    refused = post(13)
    assert path.read_text().splitlines() == [
        "Tags.xml row 2: ExcerptPostId 999 isn't in Posts.xml",
        "Posts.xml row 14: ParentId 500 isn't in Posts.xml",
        "Posts.xml row 2: AcceptedAnswerId 99 isn't in Posts.xml",
        "Posts.xml row 3: OwnerUserId 77 isn't in Users.xml",
        "Comments.xml row 4: PostId 777 isn't in Posts.xml",
        "Votes.xml row 6: PostId 777 isn't in Posts.xml",
        "PostLinks.xml row 5: RelatedPostId 888 isn't in Posts.xml",
        "PostHistory.xml row 9: PostId 777 isn't in Posts.xml",
        "Posts.xml row 96: left out, an attribute is missing or no number",
        f"{refused.get_absolute_url()}: can't be rendered, so it is shown as it was typed",
    ]
    assert f"Both are listed in {path}" in tally.remarks


def test_space_is_open_and_waits_for_an_owner(tally: Tally) -> None:
    space = Space.objects.get()
    assert (space.name, space.visibility, space.topic_count) == ("Workshop", Visibility.OPEN, 3)
    assert (space.created_by, space.member_count, space.memberships.count()) == (None, 0, 0)


def test_people_are_inactive_and_have_no_address(tally: Tally) -> None:
    rows = User.objects.order_by("created_at").values_list(
        "name", "handle", "email", "is_active", "about"
    )
    cut = " ".join(["word"] * 99) + "…"
    assert list(rows) == [
        ("Community", "community", None, False, ""),
        ("Ada Lovelace", "ada-lovelace", None, False, "Counts. Writes notes & more."),
        ("Ada Lovelace", "ada-lovelace-2", None, False, ""),
        ("王", "person", None, False, cut),
    ]
    assert not any(person.has_usable_password() for person in User.objects.all())


def test_posts_are_numbered_in_the_order_of_their_creation(tally: Tally) -> None:
    topic = post(1, "question").topic
    rows = topic.posts.order_by("number").values_list("number", "kind", "parent__number", "byline")
    assert list(rows) == [
        (1, "opening", None, "Ada Lovelace"),
        (2, "comment", 1, "Ada Lovelace"),
        (3, "answer", None, "Ada Lovelace"),
        (4, "comment", 3, "user8"),
        (5, "answer", None, "王"),
    ]
    assert topic.highest_number == 5


def test_author_is_null_where_the_source_knows_nobody(tally: Tally) -> None:
    found = [
        (post(number, "question").author, post(number, "question").byline) for number in (2, 3)
    ]
    assert found == [(None, "user9"), (None, "user77")]
    assert post(2, "comment").author is None


def test_original_times_are_kept(tally: Tally) -> None:
    opening = post(2, "question")
    assert opening.created_at == opening.topic.created_at == datetime(2020, 2, 2, 10, tzinfo=UTC)
    assert opening.edited_at == datetime(2020, 2, 2, 12, tzinfo=UTC)


def test_history_becomes_one_revision_per_edit(tally: Tally) -> None:
    opening = post(1, "question")
    rows = opening.revisions.order_by("number").values_list(
        "number", "title", "tag_names", "source", "reason", "by__handle"
    )
    second = "    keepalive 10\n\nSecond text"
    now = "Why does the tunnel drop?"
    assert list(rows) == [
        (1, "Tunnel drops?", ["vpn"], "First *text*", "", "ada-lovelace"),
        (2, "Tunnel drops!", ["vpn"], second, "added the setting", "ada-lovelace-2"),
        (3, now, ["vpn", "networks"], "First *text*", "", "ada-lovelace"),
    ]
    assert (opening.version, opening.source) == (3, "First *text*")
    assert opening.edited_at == datetime(2020, 3, 6, 10, tzinfo=UTC)
    assert "<em>text</em>" in opening.html


def test_post_without_history_has_one_revision_with_its_time(tally: Tally) -> None:
    answer = post(11)
    revision = Revision.objects.get(post=answer)
    assert (revision.number, revision.at, revision.source) == (1, answer.created_at, answer.source)
    assert (answer.source, answer.version) == ("Use `keepalive`.", 1)


def test_accepted_answer_is_accepted_by_the_asker_on_the_day(tally: Tally) -> None:
    answer, day = post(11), datetime(2020, 2, 5, tzinfo=UTC)
    acceptance = Acceptance.objects.get()
    asker = post(1, "question").author
    assert (acceptance.answer, acceptance.by, acceptance.at) == (answer, asker, day)
    assert (answer.accepted_at, answer.topic.solved_at) == (day, day)
    assert answer.worth > 0.5


def test_votes_without_voters_are_tallies(tally: Tally) -> None:
    assert (post(1, "question").up_imported, post(11).down_imported) == (2, 1)
    assert post(1, "comment").up_imported == 3
    assert post(1, "question").topic.score == 2


def test_closed_question_keeps_time_and_reason(tally: Tally) -> None:
    closure = Closure.objects.get()
    closed_at = datetime(2020, 2, 3, tzinfo=UTC)
    assert (closure.topic, closure.reason, closure.by, closure.at) == (
        post(2, "question").topic,
        "Off-topic",
        None,
        closed_at,
    )
    assert closure.topic.closed_at == closed_at


def test_links_join_topics(tally: Tally) -> None:
    topics = {number: post(number, "question").topic.pk for number in (1, 2, 3)}
    assert set(TopicLink.objects.values_list("source", "target", "kind")) == {
        (topics[2], topics[1], "duplicate"),
        (topics[1], topics[3], "related"),
    }


def test_tags_are_made_and_described(tally: Tally) -> None:
    topic = post(1, "question").topic
    rows = topic.topic_tags.values_list("place", "tag__name")
    assert list(rows) == [(1, "vpn"), (2, "networks")]
    tag = Tag.objects.get(name="vpn")
    assert tag.description_source == "Private networks.\n\nAll *about* them."
    assert "<em>about</em>" in tag.description_html
    assert dict(TagCount.objects.values_list("tag__name", "topics")) == {"vpn": 2, "networks": 1}


def test_origins_say_where_things_come_from(tally: Tally) -> None:
    rows = Origin.objects.exclude(kind__in=["user", "space"]).order_by("kind", "external_id")
    site = "https://example.stackexchange.com"
    found = {(row.kind, row.external_id): (row.url, row.author_url, row.licence) for row in rows}
    assert found == {
        ("question", "1"): (f"{site}/q/1", f"{site}/users/1", "CC BY-SA 4.0"),
        ("question", "2"): (f"{site}/q/2", "", ""),
        ("question", "3"): (f"{site}/q/3", f"{site}/users/77", ""),
        ("answer", "11"): (f"{site}/a/11", f"{site}/users/2", "CC BY-SA 3.0"),
        ("answer", "12"): (f"{site}/a/12", f"{site}/users/3", ""),
        ("answer", "13"): (f"{site}/a/13", f"{site}/users/3", ""),
        ("comment", "1"): (f"{site}/q/1#comment1_1", f"{site}/users/2", ""),
        ("comment", "2"): (f"{site}/a/11#comment2_11", "", ""),
        ("tag", "vpn"): (f"{site}/questions/tagged/vpn", "", "CC BY-SA 3.0"),
        ("tag", "old"): (f"{site}/questions/tagged/old", "", ""),
        ("tag", "networks"): (f"{site}/questions/tagged/networks", "", ""),
    }


def test_hostile_html_becomes_harmless_markdown(tally: Tally) -> None:
    opening = post(2, "question")
    assert "alert" not in opening.source
    assert "script" not in opening.html
    assert "onclick" not in opening.html


def test_names_of_another_site_lead_to_nobody_here(run: Run, dump: Path, ada: User) -> None:
    run(dump)
    assert "/p/ada" not in post(2, "question").html + post(2, "comment").html
    assert not Reference.objects.exists()


def test_body_longer_than_a_person_may_write_is_kept(tally: Tally) -> None:
    assert len(LONG_BODY) > settings.MAX_POST_LENGTH
    assert post(12).source.count("Long answers are kept.") == 3000


def test_body_that_is_refused_is_shown_as_it_was_typed(tally: Tally) -> None:
    answer = post(13)
    assert answer.source.startswith("| wide |")
    assert answer.html.startswith('<pre dir="ltr" tabindex="0"><code>| wide |')
    assert answer.render_version == 0


def test_import_records_no_event(tally: Tally) -> None:
    assert not Event.objects.exists()


def test_counters_are_those_that_an_action_would_write(tally: Tally) -> None:
    imported = list(Topic.objects.order_by("pk").values("pk", *COUNTED))
    for topic in Topic.objects.all():
        recount(topic)
    assert list(Topic.objects.order_by("pk").values("pk", *COUNTED)) == imported
    assert imported[0]["answer_count"] == 2
    assert imported[0]["comment_count"] == 2


def test_contributions_are_counted(tally: Tally) -> None:
    rows = Contribution.objects.order_by("person").values_list(
        "person__handle", "topics", "answers", "accepted", "helpful"
    )
    assert list(rows) == [
        ("ada-lovelace", 1, 0, 0, 2),
        ("ada-lovelace-2", 0, 1, 1, 3),
        ("person", 0, 2, 0, 0),
    ]
