"""People and rights, background work, and no look into spaces that others closed."""

import pytest
from playwright.sync_api import expect

from community.accounts.models import User
from community.spaces.models import Space
from tests.browser.browsing import Browsing
from tests.factories.discussions import make_topic

pytestmark = [pytest.mark.browser, pytest.mark.service("chromium")]
both = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])


@both
def test_admin_adds_a_person_and_grants_a_right(
    browsing: Browsing, admin: User, script: bool
) -> None:
    page = browsing.open(admin, script=script)
    page.goto("/")
    page.get_by_role("link", name="People and rights").first.click()
    page.get_by_label("Name", exact=True).fill("Ivo Iversen")
    page.get_by_label("Work mail").fill("ivo@example.com")
    page.get_by_role("button", name="Add the person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ivo Iversen")
    page.goto("/admin")
    page.get_by_label("May", exact=True).select_option(label="See and mend background work")
    page.get_by_label("Handle of a person").fill(User.objects.get(name="Ivo Iversen").handle)
    page.get_by_role("button", name="Give the right").click()
    expect(page.get_by_role("row").filter(has_text="Ivo Iversen")).to_contain_text("background")
    worker = browsing.open(User.objects.get(name="Ivo Iversen"), script=script)
    worker.goto("/admin/work")
    expect(worker.get_by_role("heading", name="Handlers")).to_be_visible()


@both
def test_admin_sees_background_work_and_no_closed_space(
    browsing: Browsing, admin: User, closed: Space, secret: Space, ada: User, script: bool
) -> None:
    inside = make_topic(closed, by=ada, title="Who pays for the bridge?")
    page = browsing.open(admin, script=script)
    page.goto("/")
    page.get_by_role("link", name="Background work").first.click()
    expect(page.get_by_role("heading", name="Schedule")).to_be_visible()
    page.goto("/s/backroom")
    expect(page.get_by_text("You are not a member")).to_be_visible()
    expect(page.get_by_text(inside.title)).to_have_count(0)
    for address in (inside.get_absolute_url(), "/s/cellar"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here for you")
