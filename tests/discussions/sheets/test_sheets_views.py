"""The way of a file from the space's page to its topics."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from community.accounts.models import User
from community.jobs.models import BackgroundJob, JobState
from community.spaces.archiving import archive_space
from community.spaces.models import Space
from discussions.sheets.models import Sheet
from discussions.sheets.tasks import check_sheet, import_sheet
from tests.discussions.sheets.conftest import GOOD, HEADER, Reporter, Send

pytestmark = pytest.mark.slow


def csv_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("questions.csv", text.encode(), "text/csv")


def run(job: object) -> None:
    """Let the worker's function run, and end its job."""
    job.function(Reporter(), Sheet.objects.get().pk)  # type: ignore[attr-defined]
    BackgroundJob.objects.update(state=JobState.DONE)


def test_owner_sends_sees_and_imports(space: Space, mia: User, client: Client) -> None:
    client.force_login(mia)
    assert 'href="/s/workshop/sheets"' in client.get("/s/workshop").content.decode()
    assert 'href="/s/workshop/sheets"' in client.get("/s/workshop/settings").content.decode()
    sent = client.post("/s/workshop/sheets", {"file": csv_file(GOOD)})
    sheet = Sheet.objects.get()
    assert (sent.status_code, sent["Location"]) == (303, sheet.get_absolute_url())
    assert "Every row is being checked" in client.get(sent["Location"]).content.decode()
    run(check_sheet)
    checked = client.get(sent["Location"]).content.decode()
    assert "2 questions can be imported, with 2 answers." in checked
    assert client.post(f"{sent['Location']}/import").status_code == 303
    busy = client.get(sent["Location"]).content.decode()
    assert "The questions are being imported" in busy
    assert "http-equiv" in busy
    run(import_sheet)
    done = client.get(sent["Location"]).content.decode()
    assert "2 questions are in the space." in done
    assert "Where are the labels?" in client.get("/s/workshop?order=newest").content.decode()


def test_faults_stand_in_a_table(send: Send, mia: User, client: Client) -> None:
    sheet = send(HEADER + "A,,<b>,,\n")
    BackgroundJob.objects.update(state=JobState.DONE)
    client.force_login(mia)
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert '<td class="num">2</td><td class="nowrap"><code>question</code></td>' in page
    assert "Import them" not in page
    client.post(f"{sheet.get_absolute_url()}/import")
    assert "There is nothing to import yet." in client.get("/spaces").content.decode()


def test_good_rows_go_on_once_it_is_ticked(send: Send, mia: User, client: Client) -> None:
    sheet = send(GOOD + "A,,vpn,,\n,,,Below A,\n")
    BackgroundJob.objects.update(state=JobState.DONE)
    client.force_login(mia)
    path = sheet.get_absolute_url()
    page = client.get(path).content.decode()
    assert '<td class="num">5</td><td class="nowrap"><code>question</code></td>' in page
    assert "2 questions can be imported, with 2 answers." in page
    assert "Leave out 2 of 5 rows" in page

    client.post(f"{path}/import")
    assert "Mend the file, or say" in client.get(path).content.decode()
    client.post(f"{path}/import", {"leaves_out": "on"})
    run(import_sheet)

    done = client.get(path).content.decode()
    assert "2 questions are in the space. Left out: 2 of 5 rows." in done


def test_every_fault_of_a_long_table_can_be_read(send: Send, mia: User, client: Client) -> None:
    sheet = send(HEADER + "".join(f"A{number},,vpn,,\n" for number in range(130)))
    BackgroundJob.objects.update(state=JobState.DONE)
    client.force_login(mia)
    first = client.get(sheet.get_absolute_url()).content.decode()
    rest = client.get(f"{sheet.get_absolute_url()}?from=100").content.decode()
    assert ('href="?from=100"' in first, 'href="?from=0"' in first) == (True, False)
    assert ('href="?from=0"' in rest, 'href="?from=200"' in rest) == (True, False)
    assert [page.count('<td class="num">') for page in (first, rest)] == [100, 30]
    for astray in ("-1", "x", "99999", "²", "1" * 30):
        page = client.get(f"{sheet.get_absolute_url()}?from={astray}").content.decode()
        assert page.count('<td class="num">') == 100


def test_file_is_refused_at_its_field(
    space: Space, mia: User, client: Client, settings: Settings
) -> None:
    client.force_login(mia)
    for text, why in (
        ("", "The file is empty."),
        ("title\n", "missing: question, tags."),
    ):
        answer = client.post("/s/workshop/sheets", {"file": csv_file(text)})
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert client.post("/s/workshop/sheets", {}).status_code == 422
    settings.MAX_SHEET_BYTES = len(GOOD)
    assert client.post("/s/workshop/sheets", {"file": csv_file(GOOD)}).status_code == 303
    over = client.post("/s/workshop/sheets", {"file": csv_file(GOOD + "\n")})
    assert over.status_code == 422
    assert "split it" in over.content.decode()


def test_archived_space_shows_no_way_in(space: Space, mia: User, client: Client) -> None:
    archive_space(space, by=mia)
    client.force_login(mia)
    assert "Bring questions in" not in client.get("/s/workshop").content.decode()
    assert client.get("/s/workshop/sheets").status_code == 403


def test_stranger_finds_neither_sheet_nor_form(
    send: Send, closed: Space, ada: User, zed: User, client: Client
) -> None:
    sheet = send(GOOD)
    client.force_login(zed)
    assert client.get(sheet.get_absolute_url()).status_code == 404
    assert client.post(f"{sheet.get_absolute_url()}/import").status_code == 404
    assert client.get("/s/workshop/sheets").status_code == 403
    client.force_login(ada)
    page = client.get("/s/backroom").content.decode()
    assert "Bring questions in" not in page


def test_page_of_a_sheet_costs_the_same_with_many_faults(
    send: Send, mia: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(mia)
    for rows in (1, 30):
        sheet = send(HEADER + "A,,vpn,,\n" * rows)
        BackgroundJob.objects.update(state=JobState.DONE)
        client.get(sheet.get_absolute_url())
        with django_assert_num_queries(8):
            client.get(sheet.get_absolute_url())
