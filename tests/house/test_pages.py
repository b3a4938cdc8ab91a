"""What holds for every page: it answers as expected, has one heading, landmarks and a title."""

import re
from collections.abc import Iterator

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from tests.house.crawler import API, routes
from tests.house.make_office import make_office
from tests.house.office import Office
from tests.house.pages import NO_PAGE, groups
from tests.house.visits import Visit, name_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ONCE = (r"<title>[^<·]*\w[^<·]* · ", r"<h1[ >]", r"<main[ >]", r'<html lang="en" dir="ltr"')
# What our policy blocks.
FORBIDDEN = re.compile(r"\sstyle=|<style|\son\w+=\"|javascript:|<script(?![^>]*(?:src|json|nonce))")


@pytest.fixture
def office(settings: Settings) -> Office:
    # Some pages ask for the password first; what they show then is looked at here.
    settings.MFA_REAUTHENTICATION_REQUIRED = False
    return make_office()


def test_every_page_is_well_made(office: Office) -> None:
    wrong = [
        f"{visit}: {fault}"
        for group in groups(office)
        for visit in group.visits
        for fault in faults(visit, look(office, visit))
    ]
    assert wrong == []


def look(office: Office, visit: Visit) -> HttpResponseBase:
    client = Client(raise_request_exception=False)
    if visit.by:
        client.force_login(office.people[visit.by])
    if visit.typed is None:
        return client.get(visit.path)
    return client.post(visit.path, visit.typed)


def faults(visit: Visit, answer: HttpResponseBase) -> Iterator[str]:
    """What is wrong with its status, title, heading, landmark, ids and scripts."""
    html = answer.getvalue().decode()
    if answer.status_code != visit.status:
        yield f"status {answer.status_code}"
    yield from (part for part in ONCE if len(re.findall(part, html)) != 1)
    ids = re.findall(r'\sid="([^"]*)"', html)
    yield from (f"twice: {one}" for one in sorted({one for one in ids if ids.count(one) > 1}))
    yield from FORBIDDEN.findall(html)


def test_every_route_with_a_page_is_visited(office: Office) -> None:
    """A route that isn't visited must refuse GET, or be known to have no page."""
    visited = {name_of(visit.path) for group in groups(office) for visit in group.visits}
    client = Client()
    client.force_login(office.people["root"])
    missing = []
    for text, pattern in routes():
        if pattern.name in visited | NO_PAGE or text.startswith(API):
            continue
        address = "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<(str|slug):\w+>", "x", text))
        if client.get(address).status_code != 405:
            missing.append(pattern.name)
    assert missing == []
