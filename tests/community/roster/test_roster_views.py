"""The way of a table of people from the admin page to the directory."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from community.accounts.models import User
from community.jobs.functions import JobFunction
from community.jobs.models import BackgroundJob, JobState
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.roster.actions import keep_roster
from community.roster.checking import check
from community.roster.models import Roster
from community.roster.tasks import apply_roster, check_roster
from tests.discussions.sheets.conftest import Reporter

pytestmark = pytest.mark.slow

TABLE = "email,name,unit,title,shoes\nida@x.org,Ida Noor,Firm,Lead,41\nx,,,,\n"


def csv_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("people.csv", text.encode(), "text/csv")


def run(job: JobFunction) -> None:
    """Let the worker's function run, and end its job."""
    job.function(Reporter(), Roster.objects.get().pk)
    BackgroundJob.objects.update(state=JobState.DONE)


def compared(admin: User, text: str) -> Roster:
    roster = keep_roster(text.encode(), by=admin)
    check(roster, lambda done, total: None)
    return roster


def test_admin_sends_looks_and_imports(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert 'href="/admin/roster"' in client.get("/admin").content.decode()
    sent = client.post("/admin/roster", {"file": csv_file(TABLE)})
    assert (sent.status_code, sent["Location"]) == (303, Roster.objects.get().get_absolute_url())
    assert "Every row is being compared" in client.get(sent["Location"]).content.decode()

    run(check_roster)
    page = client.get(sent["Location"]).content.decode()
    for words in (
        "Left out: 1 of 2 rows.",
        "1 new person.",
        "Firm",
        "Not read: shoes.",
        "Enter an address",
        "Ida Noor",
    ):
        assert words in page
    assert not User.objects.filter(email="ida@x.org").exists()

    assert client.post(f"{sent['Location']}/application", {}).status_code == 303
    assert "being carried out" in client.get(sent["Location"]).content.decode()
    run(apply_roster)
    assert "Done" in client.get(sent["Location"]).content.decode()
    assert "Ida Noor" in client.get("/people?q=ida").content.decode()


def test_only_who_sent_a_table_stops_its_work(client: Client, admin: User, mia: User) -> None:
    grant_capability(mia, Capability.PEOPLE, by=None)
    client.force_login(admin)
    address = client.post("/admin/roster", {"file": csv_file(TABLE)})["Location"]
    stop = f"/jobs/{BackgroundJob.objects.get().public_id}/cancellation"
    assert f'formaction="{stop}"' in client.get(address).content.decode()
    client.force_login(mia)
    assert "/cancellation" not in client.get(address).content.decode()
    client.force_login(admin)
    client.post(stop)
    page = client.get(address).content.decode()
    assert "It was stopped. Send the file once more" in page
    assert "/cancellation" not in page


def test_without_a_tick_nobody_is_switched_off(client: Client, admin: User, ada: User) -> None:
    client.force_login(admin)
    for ticked, active in (({}, True), ({"removes_missing": "on"}, False)):
        roster = compared(admin, "email\nnobody@x.org\n")
        page = client.get(roster.get_absolute_url()).content.decode()
        assert re.search(r'name="removes_missing"[^>]* required', page), "all that could be done"
        client.post(f"{roster.get_absolute_url()}/application", ticked)
        run_all = Roster.objects.get(pk=roster.pk)
        apply_roster.function(Reporter(), run_all.pk)
        ada.refresh_from_db()
        assert ada.is_active is active


def test_stranger_finds_neither_form_nor_table(client: Client, admin: User, zed: User) -> None:
    roster = compared(admin, TABLE)
    client.force_login(zed)
    address = roster.get_absolute_url()
    assert client.get("/admin/roster").status_code == 403
    assert client.post("/admin/roster", {"file": csv_file(TABLE)}).status_code == 403
    assert client.get(address).status_code == client.get("/admin/roster/none").status_code == 403
    assert client.post(f"{address}/application").status_code == 403
    client.force_login(admin)
    assert client.get("/admin/roster/none").status_code == 404


def test_table_before_it_is_compared_is_not_carried_out(client: Client, admin: User) -> None:
    roster = keep_roster(TABLE.encode(), by=admin)
    client.force_login(admin)
    answer = client.post(f"{roster.get_absolute_url()}/application", follow=True)
    assert "has to be checked first" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "The file is empty"),
        ("name\nIda\n", "these are missing: email"),
        ("email,name\nx@x.org,Ida and more\n", "at most 30 bytes"),
    ],
)
def test_file_is_refused_at_its_field(
    client: Client, admin: User, settings: Settings, text: str, why: str
) -> None:
    settings.MAX_ROSTER_BYTES = 30
    client.force_login(admin)
    answer = client.post("/admin/roster", {"file": csv_file(text)})
    assert (answer.status_code, why in answer.content.decode()) == (422, True)
    fits = client.post(
        "/admin/roster", {"file": csv_file("email,name\nida@example.org,Ida\n"[:30])}
    )
    assert fits.status_code == 303


def test_page_costs_the_same_with_many_changes(
    client: Client, admin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(admin)
    for count in (2, 40):
        rows = "".join(f"p{n}@x.org,Person {n}\n" for n in range(count))
        roster = compared(admin, f"email,name\n{rows}")
        client.get(roster.get_absolute_url())
        with django_assert_num_queries(8):
            page = client.get(roster.get_absolute_url())
        assert page.content.decode().count("data-row") == min(count, 25)
