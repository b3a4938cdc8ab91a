import pytest
import time_machine
from django.contrib.auth import get_user
from django.db.models import QuerySet
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from community.accounts.models import User
from community.http.last_use import UseWriter
from community.outbox.models import Event
from community.sessions.last_use import session_uses
from community.sessions.models import Session
from tests.factories.community import PASSWORD, make_person

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sessions_of(person: User) -> QuerySet[Session]:
    found: QuerySet[Session] = Session.objects.filter(person=person)
    return found


def is_in(client: Client) -> bool:
    return get_user(client).is_authenticated


def public_id(client: Client) -> str:
    found: str = client.session["device"]["public_id"]
    return found


def test_sign_in_keeps_the_device_and_the_place(
    client: Client, db: None, settings: Settings
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    ida = make_person("Ida", password=PASSWORD)

    client.post(
        "/account/login/",
        {"login": "ida@example.com", "password": PASSWORD},
        headers={"User-Agent": FIREFOX},
        REMOTE_ADDR="203.0.113.9",
    )

    row = sessions_of(ida).get()
    assert (row.user_agent, row.address) == (FIREFOX, "203.0.113.9")
    page = client.get("/me/account").content.decode()
    assert "Firefox on Linux" in page
    assert "Signed in from 203.0.113.9" in page
    assert "this one" in page


def test_page_lists_own_sessions_alone(ada: User, zed: User) -> None:
    here, _there, other = signed_in(ada), signed_in(ada), signed_in(zed)

    page = here.get("/me/account").content.decode()

    assert page.count('aria-label="Sign out Another program"') == 1
    assert public_id(other) not in page


def test_ended_session_is_out_at_its_next_request(ada: User) -> None:
    here, there = signed_in(ada), signed_in(ada)
    ended = public_id(there)

    answer = here.post(f"/me/sessions/{ended}/removal")

    assert (answer.status_code, answer["Location"]) == (303, "/me/account")
    assert (is_in(here), is_in(there)) == (True, False)
    event = Event.objects.get(name="session.ended")
    assert (event.subject_id, event.data) == (ada.pk, {"session": ended})


def test_session_of_somebody_else_is_404_like_a_missing_one(ada: User, zed: User) -> None:
    hers, stranger = signed_in(ada), signed_in(zed)

    hidden = stranger.post(f"/me/sessions/{public_id(hers)}/removal")
    missing = stranger.post("/me/sessions/zzzzzzzzzz/removal")

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content == missing.content
    assert is_in(hers)


def test_ending_the_own_session_signs_out(ada: User) -> None:
    here = signed_in(ada)

    answer = here.post(f"/me/sessions/{public_id(here)}/removal")

    assert (answer.status_code, answer["Location"]) == (303, "/account/login/")
    assert not is_in(here)


def test_all_others_are_signed_out(ada: User, zed: User) -> None:
    here, there, other = signed_in(ada), signed_in(ada), signed_in(zed)

    here.post("/me/sessions/others/removal")

    assert (is_in(here), is_in(there), is_in(other)) == (True, False, True)


def test_everywhere_means_here_too(ada: User, zed: User) -> None:
    here, there, other = signed_in(ada), signed_in(ada), signed_in(zed)
    ended = sorted([public_id(here), public_id(there)])

    here.post("/me/sessions/removal")

    assert (is_in(here), is_in(there), is_in(other)) == (False, False, True)
    assert Event.objects.get(name="sessions.ended").data == {"sessions": ended}


def test_new_password_signs_the_other_devices_out(db: None, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    ida = make_person("Ida", password=PASSWORD)
    here, there = signed_in(ida), signed_in(ida)
    before = public_id(here)

    fresh = "a bridge over cold water"
    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh},
    )

    assert (is_in(here), is_in(there)) == (True, False)
    assert [row.public_id for row in sessions_of(ida).all()] == [before]


def test_key_changes_at_sign_in_and_the_row_before_is_gone(
    client: Client, db: None, settings: Settings
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    make_person("Ida", password=PASSWORD)
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key

    client.post("/account/login/", {"login": "ida@example.com", "password": PASSWORD})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize(("limit", "left"), [(3, [True] * 3), (2, [False, True, True])])
def test_oldest_session_makes_room(
    ada: User, settings: Settings, limit: int, left: list[bool]
) -> None:
    settings.MAX_SESSIONS = limit
    clients = []
    for minute in range(3):
        with time_machine.travel(f"2026-11-24 12:0{minute}:00Z"):
            clients.append(signed_in(ada))

    with time_machine.travel("2026-11-24 12:05:00Z"):
        assert [is_in(client) for client in clients] == left


def test_page_writes_no_last_use_and_the_next_minute_does(ada: User) -> None:
    with time_machine.travel("2026-11-24 12:00:00Z"):
        client = signed_in(ada)
    before = sessions_of(ada).get().last_used_at
    session_uses.write()

    with time_machine.travel("2026-11-24 12:30:00Z", tick=False):
        client.get("/me/account")
        between = sessions_of(ada).get().last_used_at
        written = session_uses.write()

    assert (between, written) == (before, 1)
    assert f"{sessions_of(ada).get().last_used_at:%H:%M}" == "12:30"


def test_last_use_brings_no_ended_session_back(ada: User) -> None:
    client = signed_in(ada)
    session_uses.note(str(client.session.session_key))
    Session.objects.all().delete()

    session_uses.write()

    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_writer_writes_at_its_end(ada: User) -> None:
    client = signed_in(ada)
    key = str(client.session.session_key)
    Session.objects.update(last_used_at="2020-01-01T00:00:00Z")
    session_uses.note(key)

    writer = UseWriter([session_uses], interval_seconds=60)
    writer.start()
    writer.stop()

    assert sessions_of(ada).get().last_used_at.year > 2020


@pytest.mark.parametrize("count", [1, 3])
def test_account_page_costs_few_queries(
    ada: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clients = [signed_in(ada) for _ in range(count)]

    with django_assert_num_queries(10):
        clients[0].get("/me/account")
