"""Vectors that DOMPurify and bleach are tested with go through everything people write."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from community.accounts.models import User
from community.profiles.actions import MAX_LINKS, Details, edit_details
from community.spaces.models import Space
from community.text.errors import TextRefused
from community.text.markdown import render
from community.text.sanitize import sanitize
from discussions.tags.models import Tag, TagCount
from discussions.topics.actions import edit_post
from discussions.topics.models import Kind
from tests.browser.browsing import Browsing
from tests.browser.vectors import FIND, VECTORS, found_on, note_dialogs, packs, packs_needed
from tests.factories.community import make_person
from tests.factories.discussions import make_reply, make_topic, opening
from tests.house.make_office import make_office
from tests.house.office import Office
from tests.house.pages import groups

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.service("chromium")]

VECTORS_A_POST = 20
# The longest name of a person, and more than a line of a list shows.
NAME, LONG = 120, 1_000
AREAS = {"community", "discussions", "learning"}
# Pages that show nothing that people wrote.
WITHOUT_WORDS = ("/account/", "/help/")
Supplies = dict[str, Iterator[str]]
# Columns of words, by their names; whatever model has one of these is filled.
WORDS = {
    *("title", "byline", "last_byline", "excerpt", "reason", "name", "about", "city", "headline"),
    *("description", "message", "note", "sentence", "why", "page_title", "label", "error"),
    *("pronouns", "languages", "licence", "user_agent", "failure", "trouble"),
}
# Their names are keys that handlers, schedules, streams and addresses go by.
KEYS = {"Tag", "TagSynonym", "Event", "Stream", "ScheduledRun"}


def test_vectors_in_posts_stay_text(browsing: Browsing, space: Space, ada: User) -> None:
    posted = []
    topic = make_topic(space, by=ada, kind=Kind.DISCUSSION, source=text_of(VECTORS[:5]))
    for start in range(0, len(VECTORS), VECTORS_A_POST):
        accepted = [one for one in VECTORS[start : start + VECTORS_A_POST] if can_be_posted(one)]
        make_reply(topic, by=ada, source=text_of(accepted))
        posted += accepted
    first = opening(topic)
    edit_post(first, by=ada, source=text_of(VECTORS[5:40]), based_on=1, reason=VECTORS[0][:200])
    assert len(VECTORS) > 300
    assert len(posted) > len(VECTORS) * 0.95
    address, post = topic.get_absolute_url(), f"/posts/{first.public_id}"
    pages = [address, f"{address}?page=2", f"{post}/revisions/2", f"{post}/edit"]
    assert found_on(browsing, ada, pages) == []


def text_of(vectors: list[str]) -> str:
    return "\n\n".join(form for vector in vectors for form in forms_of(vector))


def forms_of(vector: str) -> Iterator[str]:
    """The vector as it is, and in the places of Markdown that become attributes or code."""
    line = " ".join(vector.split())
    yield vector
    yield f"[press]({line}) [press](<{line}>) ![see](<{line}>)"
    yield f'[press](/tags "{line}") <{line}>'
    yield f"| a | b |\n|---|---|\n| {line} | `{line}` |"
    yield f"```html {line[:40]}\n{vector}\n```"


def can_be_posted(vector: str) -> bool:
    """Refused are a character that no text holds, and what the two sanitisers read differently."""
    try:
        render(text_of([vector]))
    except TextRefused:
        return False
    return "\0" not in vector


def test_vectors_in_words_stay_text(browsing: Browsing) -> None:
    office = make_office()
    lists = fill_lists(office)
    addresses = [
        "/questions",
        office.question.get_absolute_url(),
        office.link.get_absolute_url(),
        office.collection.get_absolute_url(),
    ]
    supplies: Supplies = {}
    rounds = -(-packs_needed(NAME) // lists)
    found = []
    for _round in range(rounds):
        fill_words(supplies)
        found += found_on(browsing, office.people["ada"], addresses)
    assert found == []
    assert found_on(browsing, office.people["ada"], ["/tags?q=alert", "/tags?q=script"]) == []


def test_no_page_lets_a_vector_live(browsing: Browsing) -> None:
    """Once over all pages, with the words of everything in the site replaced."""
    office = make_office()
    visits = [visit for group in groups(office) for visit in group.visits]
    plain = [visit for visit in visits if visit.typed is None and visit.status == 200]
    plain = [visit for visit in plain if not visit.path.startswith(WITHOUT_WORDS)]
    by_kind = {visit.kind: visit for visit in reversed(plain)}
    fill_words({})
    found = []
    for name in sorted({visit.by for visit in by_kind.values()}):
        addresses = [visit.path for visit in by_kind.values() if visit.by == name]
        found += found_on(browsing, office.people.get(name), addresses)
    assert found == []


def fill_lists(office: Office) -> int:
    """Add topics and tags, and return how many rows a list of topics shows."""
    for number in range(25):
        person = make_person(f"Asks {number}")
        make_topic(office.workshop, by=person, title=f"Why number {number}?", tags=["plain"])
    # No tag of these names can be made; should one come in, it shows as text.
    short = [vector for vector in VECTORS if len(vector) <= 35]
    tags = Tag.objects.bulk_create([Tag(name=name) for name in dict.fromkeys(short)])
    counts = [TagCount(tag=tag, space=office.workshop, topics=1) for tag in tags]
    TagCount.objects.bulk_create(counts)
    return 25


def fill_words(supplies: Supplies) -> None:
    """Put the next vectors into every column of words, past the actions that might refuse them."""
    for model in apps.get_models():
        if model._meta.app_label not in AREAS or model.__name__ in KEYS:
            continue
        fields = [field for field in model._meta.concrete_fields if field.name in WORDS]
        if not fields:
            continue
        rows = list(model._default_manager.all())
        for field in fields:
            supply = supplies.setdefault(f"{model.__name__}.{field.name}", packs(limit_of(field)))
            for row, text in zip(rows, islice(supply, len(rows)), strict=True):
                setattr(row, field.name, text)
        model._default_manager.bulk_update(rows, [field.name for field in fields])


def limit_of(field: "models.Field[Any, Any]") -> int:
    return min(field.max_length or LONG, LONG)


def test_links_of_profiles_lead_to_no_vector(browsing: Browsing, ada: User) -> None:
    bare = [vector for vector in VECTORS if links_accept(ada, vector, vector)]
    behind = [one for one in VECTORS if links_accept(ada, one, f"https://example.com/{one}")]
    assert bare == []
    assert behind != []
    found = []
    for start in range(0, len(behind), MAX_LINKS):
        links = [[one[:60], f"https://example.com/{one}"] for one in behind[start:][:MAX_LINKS]]
        edit_details(ada, Details(links=links), by=ada)
        found += found_on(browsing, ada, ["/p/ada"])
    assert found == []


def links_accept(person: User, text: str, url: str) -> bool:
    try:
        edit_details(person, Details(links=[[text[:60], url]]), by=person)
    except ValidationError:
        return False
    return True


def test_sanitised_vectors_do_not_fire_where_no_policy_holds(browsing: Browsing) -> None:
    clean = [html for html in map(sanitised, VECTORS) if html]
    page = browsing.open()
    fired = note_dialogs(page)
    body = "<!doctype html><title>Bare</title>" + "".join(f"<div>{html}</div>" for html in clean)
    page.route("**/bare", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.route("**/x", lambda route: route.fulfill(status=204))
    page.goto("/bare")
    assert len(clean) > 200
    assert [*fired, *page.evaluate(FIND)] == []


def sanitised(vector: str) -> str:
    try:
        return sanitize(vector)
    except TextRefused:
        return ""


def test_what_fires_is_noticed(browsing: Browsing, ada: User) -> None:
    body = (
        "<!doctype html><title>Bare</title><body><script>alert(1)</script><p onclick=alert(2)>a</p>"
    )
    page = browsing.open(ada)
    fired = note_dialogs(page)
    page.route("**/bare", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/bare")
    found = page.evaluate(FIND)
    page.goto("/me/account")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b onclick=alert(3)>b</b>')")
    page.locator("b[onclick]").click()
    stopped, browsing.complaints[:] = list(browsing.complaints), []
    assert fired == [f"alert: 1 on {browsing.site}/bare"]
    assert found == ["<script>alert(1)</script>", '<p onclick="alert(2)">a</p>']
    assert ["Content Security Policy" in complaint for complaint in stopped] == [True]
