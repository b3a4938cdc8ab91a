import re
import socket

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from community.accounts.actions import Profile, edit_profile
from community.accounts.adapter import AccountAdapter
from community.accounts.models import User
from community.jobs.models import BackgroundJob, JobState
from community.jobs.worker import JobWorker
from tests.factories.community import PASSWORD, make_person

pytestmark = pytest.mark.slow

NEW = "a bridge over cold water"
WRONG = "not the right one at all"


@pytest.fixture(autouse=True)
def limits(fresh_limits: None) -> None:
    """Every test here begins with nothing counted."""


@pytest.fixture
def ida(db: None) -> User:
    return make_person("Ida", password=PASSWORD)


def sign_in(client: Client, email: str, password: str) -> tuple[int, str]:
    answer = client.post("/account/login/", {"login": email, "password": password})
    return answer.status_code, without_tokens(answer.content.decode(), email)


def without_tokens(page: str, typed: str) -> str:
    page = re.sub(r'value="[A-Za-z0-9]{64}"', "", page)
    return re.sub(r'nonce="[^"]*"', "", page).replace(typed, "")


def deliver() -> None:
    """Run the jobs that wait."""
    worker = JobWorker(interval_seconds=0.1)
    while worker.run_next():
        pass


def test_person_signs_in_whatever_the_case_of_the_mail(client: Client, ida: User) -> None:
    status, _ = sign_in(client, "IDA@Example.com", PASSWORD)

    assert (status, get_user(client).pk) == (302, ida.pk)


def test_known_and_unknown_people_get_the_same_answer(client: Client, ida: User) -> None:
    known = sign_in(client, "ida@example.com", WRONG)
    unknown = sign_in(Client(), "eve@example.com", WRONG)

    assert known == unknown
    assert known[0] == 200
    assert "Mail address and password don" in known[1]


def test_inactive_people_get_the_same_answer_as_unknown_ones(client: Client, ida: User) -> None:
    User.objects.filter(pk=ida.pk).update(is_active=False)

    wrong = sign_in(client, "ida@example.com", WRONG)
    unknown = sign_in(Client(), "eve@example.com", WRONG)

    assert wrong == unknown


def test_deactivated_session_ends(client: Client, ida: User) -> None:
    client.force_login(ida)
    User.objects.filter(pk=ida.pk).update(is_active=False)

    assert client.get("/people").status_code == 302


def test_too_many_failures_answer_429_for_known_and_unknown_people_alike(ida: User) -> None:
    def sixth(email: str) -> tuple[int, str, str]:
        client = Client(REMOTE_ADDR="10.0.0.1" if email.startswith("ida") else "10.0.0.2")
        for _ in range(5):
            assert sign_in(client, email, WRONG)[0] == 200
        answer = client.post("/account/login/", {"login": email, "password": WRONG})
        page = without_tokens(answer.content.decode(), email)
        return answer.status_code, answer["Retry-After"], page

    known, unknown = sixth("ida@example.com"), sixth("eve@example.com")

    assert known == unknown
    assert known[:2] == (429, "300")
    assert "Too many tries" in known[2]


def test_31st_try_in_a_minute_from_one_address_answers_429(client: Client, db: None) -> None:
    make_person("Ida")
    for number in range(30):
        client.post("/account/login/", {"login": f"p{number}@example.com", "password": ""})

    answer = client.post("/account/login/", {"login": "x@example.com", "password": ""})

    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert "A little slower, please" in answer.content.decode()


def test_text_that_comes_after_the_session_ended_is_handed_back(client: Client, db: None) -> None:
    answer = client.post("/ask", {"source": "Typed <b>long</b>", "title": "x"}, follow=True)

    assert answer.status_code == 401
    page = answer.content.decode()
    assert "Typed &lt;b&gt;long&lt;/b&gt;</textarea>" in page
    assert 'href="/account/login/?next=/"' in page
    assert client.post("/ask", {"title": "x"}).status_code == 302


def test_sign_out_ends_the_session(client: Client, ida: User) -> None:
    client.force_login(ida)

    client.post("/account/logout/")

    assert get_user(client).is_anonymous


def test_sign_out_needs_a_post(client: Client, ida: User) -> None:
    client.force_login(ida)

    client.get("/account/logout/")

    assert get_user(client).pk == ida.pk


def test_reset_answers_known_and_unknown_people_alike(client: Client, ida: User) -> None:
    answers = {
        (answer.status_code, answer["Location"], answer.content)
        for email in ("ida@example.com", "eve@example.com")
        for answer in [Client().post("/account/password/reset/", {"email": email})]
    }

    assert answers == {(302, "/account/password/reset/done/", b"")}
    jobs = BackgroundJob.objects.order_by("id")
    assert [(job.task, job.label) for job in jobs] == [
        ("community.accounts.tasks.send_reset_letter", "Letter to set a new password")
    ] * 2


def test_letter_goes_to_the_person_alone_and_never_to_strangers(ida: User) -> None:
    for email in ("ida@example.com", "eve@example.com"):
        Client().post("/account/password/reset/", {"email": email})
    deliver()

    assert [letter.to for letter in mail.outbox] == [["ida@example.com"]]
    assert "http://127.0.0.1:8000/account/password/reset/key/" in mail.outbox[0].body


def test_job_keeps_no_link(client: Client, ida: User) -> None:
    client.post("/account/password/reset/", {"email": "ida@example.com"})

    assert BackgroundJob.objects.get().args == [ida.pk]


def test_mail_server_that_hangs_holds_up_no_page(
    client: Client, ida: User, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0.2)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.5

        answer = client.post("/account/password/reset/", {"email": "ida@example.com"})
        with pytest.raises(TimeoutError):
            silent.accept()
        deliver()
        silent.accept()[0].close()

    job = BackgroundJob.objects.get()
    assert (answer.status_code, job.state, job.attempts) == (302, JobState.WAITING, 1)
    assert "timed out" in job.error


def test_reset_link_sets_a_password_once(client: Client, ida: User) -> None:
    client.post("/account/password/reset/", {"email": "ida@example.com"})
    deliver()
    link = re.search(r"/account/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link is not None

    form = client.get(link.group(), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    again = Client().get(link.group(), follow=True)

    assert sign_in(Client(), "ida@example.com", NEW)[0] == 302
    assert sign_in(Client(), "ida@example.com", PASSWORD)[0] == 200
    assert "This link no longer works" in again.content.decode()


def test_colleague_without_password_sets_one_by_the_reset_link(client: Client, ada: User) -> None:
    client.post("/account/password/reset/", {"email": "ada@example.com"})
    deliver()

    assert "/account/password/reset/key/" in mail.outbox[0].body


@pytest.mark.parametrize(
    "password",
    [
        "fourteen chars",
        "123456789987654321",
        "ida@example.com1",
        "x" * 257,
        "password12345678",
        "Qwertyuiopasdfgh",
        "passwordpassword",
    ],
)
def test_password_that_breaks_a_rule_is_refused(client: Client, ida: User, password: str) -> None:
    client.force_login(ida)

    answer = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    ida.refresh_from_db()
    assert "password1" in answer.context["form"].errors
    assert ida.check_password(PASSWORD)


@pytest.mark.parametrize(
    "password",
    [
        "fifteen chars..",
        "blue 1234 bridges",
        " ".join(f"größe {number}" for number in range(40))[:256],
    ],
)
def test_password_at_the_limits_is_taken(client: Client, ida: User, password: str) -> None:
    client.force_login(ida)

    answer = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    ida.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/me/account")
    assert ida.check_password(password)


def test_change_needs_the_password_so_far(client: Client, ida: User) -> None:
    client.force_login(ida)

    answer = client.post(
        "/account/password/change/", {"oldpassword": WRONG, "password1": NEW, "password2": NEW}
    )

    assert sorted(answer.context["form"].errors) == ["oldpassword"]


@pytest.mark.parametrize(
    "path",
    ["email/", "confirm-email/", "2fa/trust/", "login/code/", ""],
)
def test_pages_that_this_site_does_not_need_are_missing(
    client: Client, ida: User, path: str
) -> None:
    client.force_login(ida)

    assert client.get(f"/account/{path}").status_code == 404


def test_sign_in_of_an_empty_site_leads_to_its_first_page(client: Client, db: None) -> None:
    answer = client.get("/account/login/")

    assert (answer.status_code, answer["Location"]) == (303, "/welcome")


def test_limits_are_counted_in_the_table_of_the_database_cache(
    client: Client, ida: User, settings: Settings
) -> None:
    """As in production: reaching a limit must not need anything but the database."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
        "fast": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    call_command("createcachetable")
    statuses = [sign_in(client, "ida@example.com", WRONG)[0] for _ in range(6)]

    assert statuses == [200] * 5 + [429]


def test_nobody_registers(client: Client, ida: User) -> None:
    fields = {"email": "eve@example.com", "password1": NEW, "password2": NEW}

    answer = client.post("/account/signup/", fields)

    assert "Nobody registers here." in answer.content.decode()
    assert [person.name for person in User.objects.all()] == ["Ida"]


def test_new_password_leaves_what_else_changed_meanwhile(ida: User) -> None:
    stale = User.objects.get(pk=ida.pk)
    edit_profile(ida, Profile(name="Ida Berg"), by=ida)

    AccountAdapter().set_password(stale, NEW)

    now = User.objects.get(pk=ida.pk)
    assert (now.name, now.check_password(NEW)) == ("Ida Berg", True)


def test_imported_authors_do_not_hide_the_page_of_the_first_admin(client: Client, db: None) -> None:
    make_person("Author")
    User.objects.update(is_active=False)

    answer = client.get("/account/login/")

    assert (answer.status_code, answer["Location"]) == (303, "/welcome")
