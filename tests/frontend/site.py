"""Pages for the ES modules: they come from here, scripts from the static finders."""

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from django.contrib.staticfiles import finders
from django.template import engines

if TYPE_CHECKING:
    from playwright.sync_api import Route


SITE = "http://guildhall.test"
LIST = """
<ul><li data-row><a class="title" href="/first">First</a></li>
<li data-row><a class="title" href="/second">Second</a></li></ul>
<a href="/ask" aria-keyshortcuts="c">Ask</a> <a href="/questions" data-go="q">Questions</a>
"""
TOPIC = """
<article data-post="3" data-row tabindex="-1" data-author="ben" data-author-name="Ben Ito">
<div class="prose"><p>Set it to 20.</p></div>
<button data-quote aria-keyshortcuts="q">Quote</button>
<button data-for="author">Edit</button><button data-for="others">Flag</button>
<button data-vote="p3" value="1" aria-pressed="false">Up</button></article>
<section id="compose"><form method="post" action="/answer" data-composer data-draft="answer:1">
<input type="hidden" name="csrfmiddlewaretoken" value="token">
<div class="toolbar" hidden><button type="button" data-wrap="**">Bold</button></div>
<textarea name="source"></textarea><div data-preview-pane></div>
<button data-preview-url="/preview">Preview</button><button class="primary">Send</button></form>
</section>
<script type="application/json" id="viewer">{"me": "ada", "votes": {"p3": 1}}</script>
"""
TAGS = """
<form><label for="tags">Tags</label>
<input id="tags" name="tags" value="vpn" data-suggest-url="/suggest" data-max="3"></form>
"""
READING = """
<div data-reading="/read" data-linear id="talk">
<article class="post" data-post="1" data-author="ben"><p>One</p></article>
<article class="post" data-post="2" data-author="ada"><p>Two</p></article>
<article class="post" data-post="3" data-author="ben"><p>Three</p></article>
<hr class="far"><article class="post" data-post="4" data-author="ben"><p>Four</p></article>
<template id="new-line"><div class="unread-line">New</div></template>
<template id="new-badge"><span class="badge" data-new>new</span></template></div>
<form id="act"><input type="hidden" name="csrfmiddlewaretoken" value="token"></form>
<button type="button" formaction="/topics/x/reading/removal">Unread</button>
<script type="application/json" id="viewer">{"me": "ada", "read_to": 1}</script>
"""
SIGN_OUT = "<form data-forget-copies action='/sign-in'><button>Sign out</button></form>"
BODIES = {"/sign-out": SIGN_OUT, "/list": LIST, "/topic": TOPIC, "/tags": TAGS, "/reading": READING}


def document(body: str, me: str = "ada") -> str:
    """A page as the person with the public id me gets it; "" is nobody."""
    source = (
        "{% extends 'base.html' %}{% block body %}<main id='main'>" + body + "</main>{% endblock %}"
    )
    return str(engines["django"].from_string(source).render({"me": me and {"public_id": me}}))


def answer(route: "Route") -> None:
    """Serve static files through the finders, and the few addresses that the scripts call."""
    address = urlsplit(route.request.url)
    if address.path.startswith("/static/"):
        found = finders.find(address.path.removeprefix("/static/"))
        assert isinstance(found, str), address.path
        kind = mimetypes.guess_type(found)[0]
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
    elif address.path == "/suggest":
        names = [n for n in ("vpn", "printing", "privacy") if parse_qs(address.query)["q"][0] in n]
        route.fulfill(json={"tags": [{"name": name, "count": 4} for name in names]})
    elif address.path == "/preview":
        text = parse_qs(route.request.post_data or "")["text"][0]
        route.fulfill(body=f"<p>{text}</p>", content_type="text/html")
    else:
        body = BODIES.get(address.path, "<h1>Elsewhere</h1>")
        me = "" if address.path == "/sign-in" else address.query or "ada"
        route.fulfill(body=document(body, me), content_type="text/html")
