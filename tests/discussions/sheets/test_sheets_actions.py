"""What is checked, and what stands in the space afterwards."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from pytest_django import Settings

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.access import role_in
from community.spaces.archiving import archive_space
from community.spaces.models import Membership, Role, Space
from discussions.answers.models import Contribution
from discussions.exports.records import post_record
from discussions.sheets import tasks
from discussions.sheets.access import get_sheet
from discussions.sheets.actions import prune_sheets, send_sheet, start_import
from discussions.sheets.models import Sheet
from discussions.sheets.tasks import import_sheet
from discussions.tags.models import TagCount
from discussions.topics.models import Post, Reference, Revision, Topic
from tests.discussions.sheets.conftest import GOOD, HEADER, Reporter, Send, bring_in
from tests.factories.community import add_member
from tests.factories.discussions import make_topic

pytestmark = pytest.mark.slow


def test_good_sheet_is_counted_and_nothing_is_written(send: Send) -> None:
    sheet = send(GOOD)
    assert (sheet.questions, sheet.answers, sheet.faults) == (2, 2, [])
    assert not Topic.objects.exists()


def test_import_makes_what_people_would_have_written(
    send: Send, space: Space, mia: User, ada: User
) -> None:
    events = Event.objects.count()
    sheet = bring_in(send(GOOD))
    assert sheet.imported_at is not None
    scanner, labels = Topic.objects.order_by("pk")
    assert (scanner.title, scanner.author, scanner.answer_count) == (
        "How do I reset the scanner?",
        mia,
        2,
    )
    assert scanner.solved_at is not None
    assert labels.solved_at is None
    posts = scanner.posts.select_related("author", "topic", "parent").order_by("number")
    rows = [post_record(post) for post in posts]
    assert [(row["kind"], row["source"], bool(row["accepted_at"])) for row in rows] == [
        ("opening", "It shows *E4*. Ask @ada.", False),
        ("answer", "Hold both keys.", True),
        ("answer", "Take the battery out.", False),
    ]
    assert "<em>E4</em>" in posts[0].html
    assert 'href="/p/ada"' in posts[0].html
    assert Reference.objects.get().key == "ada"
    assert Revision.objects.filter(number=1).count() == Post.objects.count() == 4
    assert {row.tag.name: row.topics for row in TagCount.objects.select_related("tag")} == {
        "scanner": 1,
        "vpn": 1,
        "labels": 1,
    }
    space.refresh_from_db()
    assert space.topic_count == 2
    given = Contribution.objects.get(space=space, person=mia)
    assert (given.topics, given.answers, given.accepted) == (2, 2, 1)
    names = Event.objects.order_by("pk").values_list("name", flat=True)[events:]
    assert set(names) == {"sheet.imported", "tag.created"}, "nobody is notified of topics"


def test_each_bad_row_is_named_with_line_and_column(
    send: Send, space: Space, mia: User, settings: Settings
) -> None:
    settings.MAX_TITLE_LENGTH = 20
    make_topic(space, by=mia, title="Known")
    sheet = send(
        HEADER
        + f"{'x' * 21},Text,vpn,,\n"
        + "No text,,vpn,,\n"
        + "No tag,Text,,,\n"
        + "known is not Known,Text,vpn,,\n"
        + "Known,Text,vpn,,\n"
        + "Twice,Text,vpn,,\n"
        + "Twice,Text,vpn,,\n"
        + "Two solutions,Text,vpn,One,yes\n"
        + ",,,Two,yes\n"
    )
    assert [(line, column) for line, column, _why in sheet.faults] == [
        (2, "title"),
        (3, "question"),
        (4, "tags"),
        (6, "title"),
        (8, "title"),
        (10, "accepted"),
    ]
    assert sheet.faults[0][2] == "A title has at most 20 characters; this has 21."
    assert sheet.faults[3][2].startswith("The space has a question with this title")
    assert sheet.faults[4][2].startswith("This title stands on line 7 too")
    assert sheet.fault_count == 6
    with pytest.raises(ValidationError, match="Mend the file, or say"):
        start_import(sheet, by=mia)
    assert Topic.objects.count() == 1


def test_rest_is_imported_without_the_rows_that_have_a_fault(
    send: Send, space: Space, mia: User
) -> None:
    make_topic(space, by=mia, title="Known")
    sheet = send(
        HEADER
        + "Known,Text,vpn,Lost with its question,\n"
        + ",,,Lost too,yes\n"
        + "New,Text,vpn,One,yes\n"
        + ",,,Two,yes\n"
        + ",,,Three,yes\n"
        + ",,,Four,perhaps\n"
        + ",,,Five,no\n"
        + "Twice,Text,vpn,,\n"
        + "Twice,Text,vpn,Six,\n"
        + ",,,Seven,\n"
    )
    assert (sheet.rows, sheet.left_out) == (10, [2, 3, 5, 6, 7, 10, 11])
    assert (sheet.questions, sheet.answers) == (2, 2)

    sheet = bring_in(sheet, leaves_out=True)

    made = Topic.objects.exclude(title="Known").order_by("pk")
    posts = {
        topic.title: [post.source for post in topic.posts.order_by("number")] for topic in made
    }
    assert posts == {"New": ["Text", "One", "Five"], "Twice": ["Text"]}
    assert Post.objects.filter(accepted_at__isnull=False).get().source == "One"
    assert (sheet.position, sheet.imported_at is not None) == (2, True)


@pytest.mark.parametrize("rest", ['B,"never closed,x,,\n', "A,Text,,,\n"])
def test_sheet_that_ends_early_or_has_no_good_row_is_not_imported(
    send: Send, mia: User, rest: str
) -> None:
    good = "" if rest.startswith("A") else "Good,Text,vpn,,\n"
    sheet = send(HEADER + good + rest)
    assert (sheet.questions, sheet.fault_count) == (0, 1)
    with pytest.raises(ValidationError, match="nothing to import"):
        start_import(sheet, by=mia, leaves_out=True)


def test_broken_off_import_goes_on_without_the_same_rows(send: Send, mia: User) -> None:
    rows = [f"Question {number},Text,vpn,Answer,\n" for number in range(25)]
    rows[3] = rows[20] = "No text,,vpn,,\n"
    sheet = send(HEADER + "".join(rows))
    start_import(sheet, by=mia, leaves_out=True)

    class Killed(Reporter):
        def progress(self, done: int, total: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_sheet.function(Killed(), sheet.pk)
    import_sheet.function(Reporter(), sheet.pk)
    titles = list(Topic.objects.order_by("pk").values_list("title", flat=True))
    assert titles == [f"Question {number}" for number in range(25) if number not in {3, 20}]


def test_several_solutions_where_the_space_allows_them(send: Send, space: Space) -> None:
    Space.objects.filter(pk=space.pk).update(allows_several_solutions=True)
    sheet = bring_in(send(HEADER + "A,Text,vpn,One,yes\n,,,Two,yes\n"))
    assert Post.objects.filter(accepted_at__isnull=False).count() == 2
    assert sheet.imported_at is not None


def test_many_faults_are_counted_and_some_are_kept(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "FAULTS_KEPT", 100)
    sheet = send(HEADER + "A,,vpn,,\n" * 150)
    assert (len(sheet.faults), sheet.fault_count > 150) == (100, True)


def test_import_that_was_broken_off_goes_on(send: Send, mia: User) -> None:
    rows = "".join(f"Question {number},Text,vpn,Answer,\n" for number in range(25))
    sheet = send(HEADER + rows)
    start_import(sheet, by=mia)

    class Killed(Reporter):
        def progress(self, done: int, total: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_sheet.function(Killed(), sheet.pk)
    assert Topic.objects.count() == tasks.BATCH
    import_sheet.function(Reporter(), sheet.pk)
    import_sheet.function(Reporter(), sheet.pk)
    assert Topic.objects.count() == 25
    assert Post.objects.count() == 50


def test_second_yes_starts_no_second_import(send: Send, mia: User) -> None:
    sheet = bring_in(send(GOOD))
    job = sheet.job
    start_import(sheet, by=mia)
    sheet.refresh_from_db()
    assert sheet.job == job
    assert Topic.objects.count() == 2


def test_only_owners_and_moderators_send_sheets(space: Space, ada: User, zed: User) -> None:
    add_member(space, ada, actor=ada)
    for person in (ada, zed):
        with pytest.raises(PermissionDenied):
            send_sheet(space, GOOD.encode(), by=person)
    Membership.objects.filter(space=space, person=ada).update(role=Role.MODERATOR)
    assert send_sheet(space, GOOD.encode(), by=User.objects.get(pk=ada.pk)).person == ada


def test_archived_space_takes_no_sheet(send: Send, space: Space, mia: User) -> None:
    checked, started = send(GOOD), send(GOOD)
    start_import(started, by=mia)
    archive_space(space, by=mia)
    space.refresh_from_db()
    tries: list[Callable[[], object]] = [
        lambda: send_sheet(space, GOOD.encode(), by=mia),
        lambda: start_import(Sheet.objects.get(pk=checked.pk), by=mia),
        lambda: import_sheet.function(Reporter(), started.pk),
    ]
    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()
    assert not Topic.objects.exists()


def test_other_moderators_do_not_see_the_sheet(
    send: Send, space: Space, mia: User, ada: User
) -> None:
    sheet = send(GOOD)
    add_member(space, ada, role=Role.MODERATOR, actor=mia)
    assert get_sheet(sheet.public_id, space=space, viewer=mia) == sheet
    with pytest.raises(Sheet.DoesNotExist):
        get_sheet(sheet.public_id, space=space, viewer=ada)


def test_moderator_who_is_none_any_more_imports_nothing(
    send: Send, space: Space, mia: User
) -> None:
    sheet = send(GOOD)
    start_import(sheet, by=mia)
    Membership.objects.filter(space=space, person=mia).update(role=Role.MEMBER)
    with pytest.raises(PermissionDenied):
        import_sheet.function(Reporter(), sheet.pk)
    assert not Topic.objects.exists()


def test_what_was_stored_before_the_end_counts(
    send: Send, space: Space, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "BATCH", 1)
    sheet = send(GOOD)
    start_import(sheet, by=mia)

    class Closing(Reporter):
        def progress(self, done: int, total: int) -> None:
            Membership.objects.filter(space=space, person=mia).update(role=Role.MEMBER)

    with pytest.raises(PermissionDenied):
        import_sheet.function(Closing(), sheet.pk)
    topic = Topic.objects.get()
    counted = TagCount.objects.filter(space=space, topics=1).values_list("tag__name", flat=True)
    assert set(counted) == {row.tag.name for row in topic.topic_tags.all()} != set()


def test_sheet_is_forgotten_after_a_day(send: Send) -> None:
    send(GOOD)
    assert prune_sheets() == 0
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        assert prune_sheets() == 1
    assert not Sheet.objects.exists()


def test_moderator_who_was_put_out_meanwhile_imports_nothing(
    send: Send, space: Space, mia: User
) -> None:
    sheet = send(GOOD)
    assert role_in(space, mia) == Role.OWNER
    space.memberships.filter(person=mia).delete()

    with pytest.raises(PermissionDenied):
        start_import(sheet, by=mia)
    with pytest.raises(PermissionDenied):
        send_sheet(space, GOOD.encode(), by=mia)
