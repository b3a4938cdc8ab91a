"""A browser in the hands of one of the cast, and what it complains about."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from community.accounts.models import User

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Response,
        ViewportSize,
    )

DESKTOP: "ViewportSize" = {"width": 1440, "height": 900}
PHONE: "ViewportSize" = {"width": 390, "height": 844}
# What a page saves while it closes may meet what the next one saves: it then shows both texts.
DRAFTS = "/api/v1/drafts/"
# A refused page is also reported here; the tests look at its status instead.
EXPECTED = "Failed to load resource: the server responded with a status of 4"


class Browsing:
    """Opens pages of one site, and gathers errors of scripts, of the policy and of the network."""

    def __init__(self, browser: "Browser", site: str) -> None:
        self.browser, self.site = browser, site
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []

    def open(
        self,
        person: User | None = None,
        *,
        script: bool = True,
        size: "ViewportSize" = DESKTOP,
    ) -> "Page":
        """Return a blank page of a new browser, signed in as person."""
        context = self.browser.new_context(
            viewport=size,
            is_mobile=size == PHONE,
            has_touch=size == PHONE,
            java_script_enabled=script,
            base_url=self.site,
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if person is not None:
            context.add_cookies([self._session(person)])
        page = context.new_page()
        self._listen(page)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()

    def _session(self, person: User) -> "SetCookieParam":
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self.site}

    def _listen(self, page: "Page") -> None:
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("response", self._on_response)
        page.on("requestfailed", lambda request: self._on_failure(request.url, request.failure))

    def _on_console(self, message: "ConsoleMessage") -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            self.complaints.append(f"console: {message.text}")

    def _on_response(self, response: "Response") -> None:
        part = not response.request.is_navigation_request()
        path = urlsplit(response.url).path
        if response.status == 412 and path.startswith(DRAFTS):
            return
        if response.status >= 500 or (part and response.status >= 400):
            self.complaints.append(f"{response.status}: {path}")

    def _on_failure(self, url: str, why: str | None) -> None:
        # A new page breaks off what the old one was still loading.
        if why != "net::ERR_ABORTED":
            self.complaints.append(f"{why}: {urlsplit(url).path}")
