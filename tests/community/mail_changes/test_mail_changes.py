import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client
from django.utils import timezone

from community.accounts.models import User
from community.departures.actions import deactivate_person
from community.jobs.worker import JobWorker
from community.mail_changes.access import Part, make_token
from community.mail_changes.actions import request_change, undo_change
from community.mail_changes.models import MailChange
from community.outbox.models import Event
from tests.factories.community import PASSWORD, make_person

NEW = "ida@elsewhere.example"


@pytest.fixture(autouse=True)
def limits(fresh_limits: None) -> None:
    """Every test here begins with nothing counted."""


@pytest.fixture
def ida(db: None) -> User:
    return make_person("Ida", password=PASSWORD)


def links() -> dict[str, list[str]]:
    """Deliver the letters; return the paths that stand in them, by addressee."""
    worker = JobWorker(interval_seconds=0.1)
    while worker.run_next():
        pass
    found: dict[str, list[str]] = {}
    for letter in mail.outbox:
        paths = re.findall(r"/account/email/\S+", str(letter.body))
        found.setdefault(letter.to[0], []).extend(paths)
    return found


def email_of(person: User) -> str | None:
    found: str | None = User.objects.get(pk=person.pk).email
    return found


def test_nothing_changes_until_both_addresses_confirm(client: Client, ida: User) -> None:
    client.force_login(ida)
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    asked = client.post("/me/account/email", {"email": "Ida@Elsewhere.example"})
    sent = links()
    old, _undo = sent["ida@example.com"]
    (new,) = sent[NEW]
    assert (asked.status_code, asked["Location"]) == (303, "/me/account")
    assert email_of(ida) == "ida@example.com"

    anybody = Client()
    anybody.post(old)
    waiting = anybody.get(old).content.decode()
    assert (email_of(ida), "Until then nothing changes" in waiting) == ("ida@example.com", True)
    anybody.post(new)

    assert email_of(ida) == NEW
    assert "From now on you sign in with" in anybody.get(new).content.decode()
    names = Event.objects.filter(subject_id=ida.pk, name__startswith="mail").order_by("id")
    assert [event.name for event in names] == ["mail_change.requested", "mail.changed"]


def test_opening_the_links_changes_nothing(client: Client, ida: User) -> None:
    """Mail programs open them to look for viruses."""
    request_change(NEW, by=ida)

    pages = [client.get(path) for paths in links().values() for path in paths]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert MailChange.objects.filter(
        old_confirmed_at=None, new_confirmed_at=None, undone_at=None
    ).exists()


def test_page_asks_for_the_password_first(client: Client, ida: User) -> None:
    client.force_login(ida)

    answer = client.post("/me/account/email", {"email": NEW})

    assert answer["Location"].startswith("/account/reauthenticate/")
    assert not MailChange.objects.exists()


def test_taken_address_answers_alike_and_gets_no_letter(ida: User, zed: User) -> None:
    def ask(email: str) -> tuple[int, str, bytes, str]:
        client = Client()
        client.force_login(ida)
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        answer = client.post("/me/account/email", {"email": email})
        page = client.get("/me/account").content.decode().replace(email, "")
        box = page[page.index('id="mail"') : page.index('id="password"')]
        return answer.status_code, answer["Location"], answer.content, box

    taken, free = ask("zed@example.com"), ask(NEW)

    assert taken == free
    assert sorted(links()) == ["ida@elsewhere.example", "ida@example.com"]


def test_taken_address_is_not_given_even_when_both_confirm(
    client: Client, ida: User, zed: User
) -> None:
    change = request_change("zed@example.com", by=ida)

    client.post(f"/account/email/{make_token(change, Part.OLD)}/")
    answer = client.post(f"/account/email/{make_token(change, Part.NEW)}/", follow=True)

    assert "This address is refused here." in answer.content.decode()
    assert (email_of(ida), email_of(zed)) == ("ida@example.com", "zed@example.com")


def test_undo_before_it_is_done_stops_it_and_shuts_everybody_out(ida: User) -> None:
    thief = Client()
    thief.force_login(ida)
    request_change(NEW, by=ida)
    sent = links()
    old, undo = sent["ida@example.com"]

    Client().post(undo)
    Client().post(old)
    Client().post(sent[NEW][0])

    ida.refresh_from_db()
    assert (ida.email, ida.has_usable_password()) == ("ida@example.com", False)
    assert get_user(thief).is_anonymous
    links()
    assert "/account/password/reset/key/" in str(mail.outbox[-1].body)


def test_undo_voids_a_passkey_that_a_thief_added(ida: User) -> None:
    change = request_change(NEW, by=ida)
    Authenticator.objects.create(user=ida, type=Authenticator.Type.WEBAUTHN, data={})
    undo_change(change)
    assert not Authenticator.objects.filter(user=ida).exists()


def test_undo_after_it_is_done_brings_the_old_address_back(ida: User) -> None:
    request_change(NEW, by=ida)
    sent = links()
    for path in (sent["ida@example.com"][0], sent[NEW][0]):
        Client().post(path)
    assert email_of(ida) == NEW
    undo = links()["ida@example.com"][-1]

    client = Client()
    client.post(undo)

    assert email_of(ida) == "ida@example.com"
    assert "Taken back" in client.get(undo).content.decode()
    assert mail.outbox[-1].to == ["ida@example.com"]


@pytest.mark.parametrize(
    ("part", "hours", "status"),
    [
        (Part.OLD, 23, 200),
        (Part.OLD, 25, 404),
        (Part.NEW, 25, 404),
        (Part.UNDO, 24 * 6, 200),
        (Part.UNDO, 24 * 7 + 1, 404),
    ],
)
def test_links_expire(client: Client, ida: User, part: Part, hours: int, status: int) -> None:
    change = request_change(NEW, by=ida)
    MailChange.objects.update(at=timezone.now() - timedelta(hours=hours))

    assert client.get(f"/account/email/{make_token(change, part)}/").status_code == status


def test_made_up_replaced_and_withdrawn_links_answer_alike(client: Client, ida: User) -> None:
    replaced = make_token(request_change("first@example.com", by=ida), Part.NEW)
    withdrawn = make_token(request_change(NEW, by=ida), Part.NEW)
    client.force_login(ida)
    client.post("/me/account/email/removal")
    client.logout()

    answers = [
        client.post(f"/account/email/{token}/") for token in ("made-up", replaced, withdrawn)
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert email_of(ida) == "ida@example.com"


def test_change_voids_reset_letters_from_before(ida: User) -> None:
    token = default_token_generator.make_token(ida)
    change = request_change(NEW, by=ida)

    for part in (Part.OLD, Part.NEW):
        Client().post(f"/account/email/{make_token(change, part)}/")

    assert not default_token_generator.check_token(User.objects.get(pk=ida.pk), token)


@pytest.mark.parametrize("email", ["nonsense", "", "ida@example.com", "x" * 250 + "@example.com"])
def test_bad_address_is_shown_again_with_the_reason(client: Client, ida: User, email: str) -> None:
    client.force_login(ida)
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    answer = client.post("/me/account/email", {"email": email})

    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["email"])
    assert not MailChange.objects.exists()


def test_who_leaves_loses_the_links(client: Client, ida: User, admin: User) -> None:
    token = make_token(request_change(NEW, by=ida), Part.UNDO)

    deactivate_person(ida, by=admin)

    assert client.get(f"/account/email/{token}/").status_code == 404


def test_page_of_somebody_else_shows_no_change(client: Client, ida: User, zed: User) -> None:
    request_change(NEW, by=ida)
    client.force_login(zed)

    assert NEW not in client.get("/me/account").content.decode()
