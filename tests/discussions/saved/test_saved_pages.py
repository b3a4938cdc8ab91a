"""The Saved page, its rows, and the button below posts."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.membership import leave_space
from community.spaces.models import Space
from discussions.saved.actions import finish_saved, note_saved, save_post
from discussions.saved.models import SavedPost
from discussions.saved.queries import saved_of
from discussions.topics.actions import edit_post
from discussions.topics.models import Topic
from tests.discussions.pages.reading import page
from tests.factories.community import add_member
from tests.factories.discussions import make_answer, make_topic, opening

pytestmark = pytest.mark.slow


def body(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_button_saves_and_the_page_lists(client: Client, question: Topic, ben: User) -> None:
    post = opening(question)
    client.force_login(ben)
    assert f'formaction="/posts/{post.public_id}/saving"' in page(client, question)
    answer = client.post(f"/posts/{post.public_id}/saving", follow=True)
    assert "Saved. Add a note" in answer.content.decode()
    assert question.title in body(client, "/saved")
    client.post(f"/posts/{post.public_id}/saving/removal")
    assert "Nothing saved yet" in body(client, "/saved")


def test_what_was_edited_since_is_told_to_whoever_reads_it(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    membership = add_member(secret, zed, actor=None)
    first, second = (
        make_topic(secret, by=ada, title=f"What of {name}?") for name in ("one", "two")
    )
    for topic in (first, second):
        save_post(opening(topic), by=zed)
    edit_post(opening(second), by=ada, source="Now else.", based_on=1)
    client.force_login(zed)
    assert body(client, "/saved").count("edited after you saved it") == 1
    changed = body(client, "/saved?show=changed")
    assert ("What of two?" in changed, "What of one?" in changed) == (True, False)
    membership.delete()
    hidden = body(client, "/saved?show=changed")
    assert ("Nothing has changed" in hidden, "What of" in hidden) == (True, False)


def test_page_tells_its_script_what_is_saved_and_voted(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    answer = make_answer(question, by=ben)
    save_post(answer, by=ada)
    client.force_login(ada)
    client.post(f"/posts/{answer.public_id}/votes", {"value": "1"})
    found = re.search(r'<script id="viewer"[^>]*>([^<]*)<', page(client, question))
    assert found is not None
    assert f'"votes": {{"{answer.public_id}": 1}}, "saved": ["{answer.public_id}"]' in found[1]
    client.force_login(ben)
    assert '"saved": []' in page(client, question)


def test_tabs_divide_what_is_saved(client: Client, space: Space, ada: User) -> None:
    plain, reminded, done = (
        save_post(opening(make_topic(space, by=ada, title=f"Topic {name}?")), by=ada)
        for name in ("plain", "reminded", "done")
    )
    at = timezone.now() + timedelta(days=2)
    note_saved(reminded, by=ada, note="Ask again", remind_at=at)
    finish_saved(done, by=ada)
    client.force_login(ada)
    shown = {
        show: re.findall(r"Topic (\w+)\?</a>", body(client, f"/saved?show={show}"))
        for show in ("all", "reminders", "done")
    }
    assert shown == {
        "all": ["done", "reminded", "plain"],
        "reminders": ["reminded"],
        "done": ["done"],
    }
    assert "Ask again" in body(client, "/saved")
    assert plain.note == ""


def test_note_and_reminder_in_the_persons_zone(client: Client, question: Topic, ben: User) -> None:
    User.objects.filter(pk=ben.pk).update(time_zone="Asia/Kolkata")
    saved = save_post(opening(question), by=ben)
    client.force_login(ben)
    day = timezone.now().date() + timedelta(days=3)
    sent = {"note": "Try it", "remind_at": f"{day}T09:30"}
    assert client.post(f"/saved/{saved.public_id}", sent).status_code == 303
    saved.refresh_from_db()
    assert saved.remind_at is not None
    assert (saved.note, saved.remind_at.strftime("%H:%M")) == ("Try it", "04:00")
    assert f'value="{day}T09:30"' in body(client, f"/saved/{saved.public_id}")


@pytest.mark.parametrize("typed", ["soon", "1999-01-01T09:00", "9999-12-31T23:59"])
def test_wrong_time_is_named_and_kept(
    client: Client, question: Topic, ben: User, typed: str
) -> None:
    saved = save_post(opening(question), by=ben)
    client.force_login(ben)
    answer = client.post(f"/saved/{saved.public_id}", {"note": "Kept", "remind_at": typed})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Kept"' in html
    assert f'value="{typed}"' in html
    assert 'id="id_remind_at_error"' in html


def test_what_is_out_of_sight_says_nothing_and_can_be_removed(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    membership = add_member(secret, zed, actor=None)
    saved = save_post(opening(make_topic(secret, by=ada, title="Heron")), by=zed)
    membership.delete()
    client.force_login(zed)
    for address in ("/saved", f"/saved/{saved.public_id}"):
        html = body(client, address)
        assert ("Heron" in html, "Cellar" in html) == (False, False)
        assert "No longer available" in html
        assert "/completion" not in html
    client.post(f"/saved/{saved.public_id}/removal")
    assert not saved_of(zed)
    client.post(f"/saved/{saved.public_id}/restoration")
    assert saved_of(zed).count() == 1


def test_others_find_nothing(client: Client, question: Topic, ben: User, zed: User) -> None:
    saved = save_post(opening(question), by=ben)
    client.force_login(zed)
    assert question.title not in body(client, "/saved")
    assert client.get(f"/saved/{saved.public_id}").status_code == 404
    for verb in ("removal", "restoration", "completion", "completion/removal"):
        assert client.post(f"/saved/{saved.public_id}/{verb}").status_code == 404
    assert saved_of(ben).count() == 1


def test_due_reminder_stands_on_today_until_it_is_done(
    client: Client, question: Topic, ben: User
) -> None:
    saved = save_post(opening(question), by=ben)
    client.force_login(ben)
    assert "Reminder" not in body(client, "/")
    SavedPost.objects.update(remind_at=timezone.now() - timedelta(hours=1), note="Do it")
    html = body(client, "/")
    assert ("Reminder, due since" in html, "Do it" in html) == (True, True)
    client.post(f"/saved/{saved.public_id}/completion")
    assert "Reminder" not in body(client, "/")
    client.post(f"/saved/{saved.public_id}/completion/removal")
    assert "Reminder" in body(client, "/")


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow_with_rows(
    client: Client,
    space: Space,
    ada: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        save_post(opening(make_topic(space, by=ada)), by=ada)
    client.force_login(ada)
    body(client, "/saved")
    with django_assert_num_queries(9):
        body(client, "/saved")


def test_tabs_tell_how_much_stands_on_each_and_nothing_of_what_is_out_of_sight(
    client: Client, space: Space, secret: Space, ada: User, ben: User
) -> None:
    shown, hidden = make_topic(space, by=ben), make_topic(secret, by=ben)
    for topic in (shown, hidden):
        save_post(opening(topic), by=ada)
        edit_post(opening(topic), by=ben, source="Edited", based_on=1)
    client.force_login(ada)
    tabs = client.get("/saved").context["tabs"]
    assert [tab["count"] for tab in tabs] == [2, 0, 2, 0]
    leave_space(secret, by=ada)
    tabs = client.get("/saved").context["tabs"]
    assert [tab["count"] for tab in tabs] == [2, 0, 1, 0]


def test_pages_hold_each_row_once(client: Client, space: Space, ada: User) -> None:
    for _ in range(27):
        save_post(opening(make_topic(space, by=ada)), by=ada)
    client.force_login(ada)
    first = client.get("/saved")
    second = client.get(f"/saved{first.context['older_url']}")
    seen = [one.saved.pk for answer in (first, second) for one in answer.context["rows"]]
    assert seen == list(saved_of(ada).order_by("-saved_at", "-pk").values_list("pk", flat=True))
