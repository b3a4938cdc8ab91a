"""Asking, watching and fetching, with and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.jobs.models import BackgroundJob, JobState
from community.spaces.models import Space
from discussions.exports.actions import ask_for_export
from discussions.exports.models import Export

Write = Callable[[Export], dict[str, Any]]


def test_owner_asks_watches_and_fetches(
    space: Space, mia: User, client: Client, write: Write
) -> None:
    client.force_login(mia)
    assert "Export this space" in client.get("/s/workshop/settings").content.decode()
    asked = client.post("/s/workshop/exports")
    export = Export.objects.get()
    assert (asked.status_code, asked["Location"]) == (303, f"/me/exports/{export.public_id}")
    waiting = client.get(asked["Location"]).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert client.get(f"{asked['Location']}/file").status_code == 404
    BackgroundJob.objects.update(state=JobState.RUNNING, done_rows=1, total_rows=4)
    assert '<progress value="1" max="4"' in client.get(asked["Location"]).content.decode()
    write(export)
    ready = client.get(asked["Location"]).content.decode()
    assert "http-equiv" not in ready
    assert f'href="/me/exports/{export.public_id}/file" download' in ready
    sent = client.get(f"{asked['Location']}/file")
    assert sent["X-Guildhall-File"] == default_storage.path(export.stored_as)
    assert sent["Content-Type"] == "application/zip"
    assert sent["Content-Disposition"].startswith('attachment; filename="workshop-20')


def test_account_page_prepares_ones_own(ada: User, client: Client) -> None:
    client.force_login(ada)
    assert "Prepare a download" in client.get("/me/account").content.decode()
    asked = client.post("/me/exports")
    assert asked.status_code == 303
    assert asked["Location"] in client.get("/me/account").content.decode()


def test_stranger_finds_neither_page_nor_file(
    space: Space, mia: User, zed: User, client: Client, write: Write
) -> None:
    export = ask_for_export(by=mia, space=space)
    write(export)
    client.force_login(zed)
    hidden = client.get(export.get_absolute_url())
    missing = client.get("/me/exports/none")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert client.get(f"{export.get_absolute_url()}/file").status_code == 404
    assert client.post("/s/workshop/exports").status_code == 403


def test_expired_link_leads_nowhere(ada: User, client: Client, write: Write) -> None:
    export = ask_for_export(by=ada)
    write(export)
    Export.objects.update(expires_at=timezone.now())
    client.force_login(ada)
    assert client.get(f"{export.get_absolute_url()}/file").status_code == 404


def test_failed_export_says_what_to_do(ada: User, client: Client) -> None:
    export = ask_for_export(by=ada)
    BackgroundJob.objects.update(state=JobState.DEAD)
    client.force_login(ada)
    page = client.get(export.get_absolute_url()).content.decode()
    assert "It could not be made. Ask for it once more" in page
    assert "every 2s" not in page
    assert "It failed" in client.get("/me/account").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_settings_page_asks_as_often_with_more_exports(
    space: Space,
    mia: User,
    client: Client,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        ask_for_export(by=mia, space=space)
        BackgroundJob.objects.update(state=JobState.DONE)
    client.force_login(mia)
    client.get("/s/workshop/settings")
    with django_assert_num_queries(9):
        client.get("/s/workshop/settings")
