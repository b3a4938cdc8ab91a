from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, RequestFactory

from community.accounts.models import User
from community.spaces.models import Space
from config.errors import bad_request, page_not_found, permission_denied, server_error


def test_missing_pages_have_the_same_bytes_for_everybody(
    client: Client, secret: Space, zed: User
) -> None:
    anonymous = client.get("/nothing/here")
    client.force_login(zed)
    missing, hidden = client.get("/nothing/here"), client.get("/s/cellar/about")

    assert (anonymous.status_code, missing.status_code, hidden.status_code) == (404, 404, 404)
    assert anonymous.content == missing.content == hidden.content


def test_missing_page_repeats_nothing_of_the_address(client: Client, db: None) -> None:
    assert "canary" not in client.get("/canary?canary=1").content.decode()


def test_own_sentences_are_shown_and_escaped() -> None:
    request = RequestFactory().get("/")

    denied = permission_denied(request, PermissionDenied("Only <owners> do this."))
    bad = bad_request(request, BadRequest("Start again."))

    assert (denied.status_code, bad.status_code) == (403, 400)
    assert "Only &lt;owners&gt; do this." in denied.content.decode()
    assert "Start again." in bad.content.decode()


def test_sentences_for_the_log_stay_there() -> None:
    request = RequestFactory().get("/")

    assert "secret" not in bad_request(request, SuspiciousOperation("secret")).content.decode()
    assert "secret" not in page_not_found(request, Http404("secret")).content.decode()


def test_refusal_without_a_sentence_has_one() -> None:
    answer = permission_denied(RequestFactory().get("/"), PermissionDenied())

    assert "this step needs a right" in answer.content.decode()


def test_pages_for_errors_carry_the_name_of_the_site(settings: Any) -> None:
    settings.SITE_NAME = "Brightwater"
    answer = permission_denied(RequestFactory().get("/"), PermissionDenied())

    assert "Brightwater" in answer.content.decode()
    assert "Guildhall" not in answer.content.decode()


def test_refusals_stand_in_the_log_without_a_traceback(
    client: Client, ada: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(ada)
    client.get("/admin")
    told = [(record.name, record.levelname, record.exc_info) for record in caplog.records]
    assert told == [("django.request", "WARNING", None)]


def test_broken_page_asks_no_database() -> None:
    answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
