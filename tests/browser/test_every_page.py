"""Every page in a browser: axe in light and dark, wide and narrow, both ways of writing."""

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.template.loader import render_to_string
from pytest_django import Settings

from tests.browser.browsing import DESKTOP, PHONE, Browsing
from tests.house.make_office import make_office
from tests.house.pages import groups
from tests.house.visits import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]

GROUPS = (
    *(
        "door",
        "lists",
        "topics",
        "writing",
        "collections",
        "spaces",
        "people",
        "admin",
        "invitations",
    ),
    *("audiences", "roster"),
)
# Colours are all that differs between light and dark.
ONLY_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
EVERYTHING = {"resultTypes": ["violations"]}
SEND = """([path, typed]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: path });
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of Object.entries({ ...typed, csrfmiddlewaretoken: token }))
    form.append(Object.assign(document.createElement("input"), { name, value }));
  document.body.append(form);
  form.submit();
}"""


@pytest.mark.parametrize("name", GROUPS)
def test_every_page_is_without_fault(browsing: Browsing, name: str, settings: Settings) -> None:
    # Some pages ask for the password first; what they show then is looked at here.
    settings.MFA_REAUTHENTICATION_REQUIRED = False
    office = make_office()
    assert [group.name for group in groups(office)] == list(GROUPS)
    visits = next(group.visits for group in groups(office) if group.name == name)
    pages: dict[str, Page] = {}
    kinds: set[str] = set()
    faults = []
    for visit in visits:
        if visit.by not in pages:
            pages[visit.by] = browsing.open(office.people.get(visit.by))
        page = pages[visit.by]
        show(page, visit)
        found = faults_of(page, thoroughly=visit.kind not in kinds)
        faults += [f"{visit}: {fault}" for fault in [*found, *taken(browsing)]]
        kinds.add(visit.kind)
    assert faults == []


@pytest.mark.parametrize("template", ["403_csrf", "413", "429", "500", "503"])
def test_page_of_an_error_is_without_fault(browsing: Browsing, template: str) -> None:
    page = browsing.open()
    body = render_to_string(f"{template}.html")
    page.route("**/broken", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/broken")
    assert faults_of(page, thoroughly=True) == []


def show(page: "Page", visit: Visit) -> None:
    if visit.typed is None:
        page.goto(visit.path)
        return
    page.goto("/me/account" if visit.by else "/account/login/")
    with page.expect_navigation():
        page.evaluate(SEND, [visit.path, visit.typed])


def faults_of(page: "Page", *, thoroughly: bool) -> list[str]:
    """What axe finds, and what makes the page scroll sideways.

    Thoroughly: also in dark, on a phone and from right to left, once for each kind of page.
    """
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(AXE_SCRIPT)
    found = [*violations(page, EVERYTHING), *too_wide(page)]
    if thoroughly:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += violations(page, ONLY_COLOURS)
    page.set_viewport_size(PHONE)
    found += too_wide(page)
    if thoroughly:
        found += violations(page, ONLY_COLOURS)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        found += violations(page, EVERYTHING)
        found += too_wide_from_right_to_left(page)
    return found


def violations(page: "Page", options: dict[str, list[str]]) -> list[str]:
    run = "options => axe.run(options).then(({ violations }) => violations)"
    looks = page.evaluate("`${innerWidth} ${matchMedia('(prefers-color-scheme: dark)').matches}`")
    return [
        f"{looks} {found['id']} {[node['html'] for node in found['nodes'][:3]]}"
        for found in page.evaluate(run, options)
    ]


def too_wide(page: "Page") -> list[str]:
    more = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{more} pixels too wide for {page.viewport_size}"] if more > 0 else []


def too_wide_from_right_to_left(page: "Page") -> list[str]:
    page.evaluate("document.dir = 'rtl'")
    found = []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        found += too_wide(page)
    return [f"from right to left {fault}" for fault in found]


def taken(browsing: Browsing) -> list[str]:
    complaints = list(browsing.complaints)
    browsing.complaints.clear()
    return complaints
