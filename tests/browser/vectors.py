"""Known ways to slip a script into a page, and what shows in a browser that one of them worked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from community.accounts.models import User
from tests.browser.browsing import Browsing

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

_SOURCES = json.loads(Path(__file__).with_name("xss-vectors.json").read_text())["sources"]
VECTORS: list[str] = [vector for source in _SOURCES for vector in source["vectors"]]
# What is left of a vector in the page: it may need a press to fire, which the policy may stop.
FIND = """() => {
  const SAFE = ["http:", "https:", "mailto:"];
  const ADDRESSES = ["href", "src", "action", "formaction", "poster", "data", "xlink:href"];
  const ELEMENTS = "style, iframe, frame, object, embed, base, meta, applet, xmp, noembed, "
    + "noframes, math, marquee, script:not([type='application/json'], [src^='/static/'])";
  const wrong = (one, name) => {
    if (/^on|^hx-on|^style$|^srcdoc$/.test(name)) return true;
    if (!ADDRESSES.includes(name)) return false;
    const address = one.getAttribute(name);
    return !URL.canParse(address, location) || !SAFE.includes(new URL(address, location).protocol);
  };
  const bad = one => one.matches(ELEMENTS)
    || one.getAttributeNames().some(name => wrong(one, name));
  return [...document.querySelectorAll("body *")].filter(bad)
    .map(one => one.outerHTML.slice(0, 200));
}"""


def packs(limit: int) -> Iterator[str]:
    """Texts of at most limit characters, together every vector that is not longer; then again."""
    known = [vector.replace("\0", "") for vector in VECTORS if len(vector) <= limit]
    while True:
        text = ""
        for vector in known:
            longer = f"{text} {vector}".strip()
            if len(longer) > limit:
                yield text
                longer = vector
            text = longer
        yield text


def packs_needed(limit: int) -> int:
    texts = packs(limit)
    first = next(texts)
    return next(number for number, text in enumerate(texts, start=1) if text == first)


def note_dialogs(page: "Page") -> list[str]:
    """Return the list that what scripts of the page ask or say is written to."""
    fired: list[str] = []

    def note(dialog: "Dialog") -> None:
        fired.append(f"{dialog.type}: {dialog.message} on {page.url}")
        dialog.dismiss()

    page.on("dialog", note)
    return fired


def found_on(browsing: Browsing, person: User | None, addresses: list[str]) -> list[str]:
    """What fired, what the policy stopped and what is live in these pages, as person sees them."""
    page = browsing.open(person)
    fired = note_dialogs(page)
    found = []
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        # A name with a slash, which no file is stored under, makes an address that leads nowhere.
        complaints = [one for one in browsing.complaints if not one.startswith("404: /f/")]
        hits = [*page.evaluate(FIND), *complaints, *fired]
        found += [f"{address}: {hit}" for hit in hits]
        browsing.complaints.clear()
        fired.clear()
    page.context.close()
    return found
