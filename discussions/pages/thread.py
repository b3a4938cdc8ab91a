"""The page of a topic, as topic_show and the views of posts that go wrong answer it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from community.accounts.models import User
from community.http.keyset import BadCursor
from community.http.panels import render_panels
from community.http.position import page_stream
from community.http.requests import member
from community.spaces.access import moderates
from discussions.drafts.places import Form, Place
from discussions.pages.drafting import Drafting, as_typed, reopen
from discussions.pages.forms import AnswerForm, ReplyForm
from discussions.pages.fragments import Fragments, State, key_of, shelf, state_of
from discussions.pages.queries import Thread, linked_topics, marks_in, read_thread
from discussions.pages.rows import tag_links
from discussions.resources.queries import also_shared, shown_resource
from discussions.topics.access import can_post, get_numbered_post, posts_shown
from discussions.topics.models import Kind, Post, Topic
from discussions.topics.queries import closures_of, moves_of
from frontend.htmx import render_page


def _has_unread(topic: Topic, read: int | None, viewer: User) -> bool:
    """What one wrote last, having read all before it, is nothing new to oneself."""
    mine = topic.last_poster_id == viewer.pk
    return read is not None and read < topic.last_number - (1 if mine else 0)


def render_topic(
    request: HttpRequest, topic: Topic, form: forms.Form, *, preview: str = "", status: int = 200
) -> HttpResponse:
    """Answer the page of topic with form in its box to write in."""
    viewer = member(request)
    # What somebody typed stays in its box, even where it can't be posted any more.
    writable = can_post(topic, viewer) or form.is_bound
    state = state_of(topic, viewer)
    read = state.read_to
    drafting = _reopened(form, topic, viewer, state)
    shown = shown_resource(topic, viewer)
    player = shown.embed if shown and "play" in request.GET else None
    context = {
        "topic": topic,
        "space": topic.space,
        "is_question": topic.kind == Kind.QUESTION,
        "fragments": _fragments(request, topic, state, viewer, writable),
        "has_unread": _has_unread(topic, read, viewer),
        "shown": shown,
        "also_shared": also_shared(shown.resource, viewer) if shown else [],
        "playing": player is not None,
        "panels": render_panels(request, "topic_rail", topic),
        "linked": linked_topics(topic, viewer=viewer) if state.is_linked else None,
        "writable": writable,
        "form": form,
        "drafting": drafting,
        "reply_to": _replied_to(form, topic, viewer),
        "preview_html": preview,
        "viewer": _viewer(topic, viewer, read),
        "page_stream": page_stream(request, f"topic:{topic.public_id}"),
    }
    response = render_page(request, "discussions/pages/topic.html", context, status=status)
    if player is not None:
        # On this answer only: elsewhere nothing may be framed. What csp.decorators.csp_update does
        # to a whole view, with a site that only this topic knows.
        response._csp_update = {"frame-src": [player.origin]}  # type: ignore[attr-defined]  # django-csp's
    return response


def _reopened(form: forms.Form, topic: Topic, viewer: User, state: State) -> Drafting:
    """A quote that the address asks for goes behind what was drafted; whom to reply to, it says."""
    place = Place(Form.TOPIC, topic.public_id)
    if form.is_bound:
        return as_typed(place, form.data)
    if not state.has_draft:
        return Drafting(place)
    quoted, reply_to = form.initial.get("source"), form.initial.get("reply_to")
    drafting = reopen(place, {}, by=viewer)
    form.initial = drafting.initial
    if quoted:
        form.initial["source"] = f"{form.initial.get('source', '')}\n\n{quoted}"
    if reply_to:
        form.initial["reply_to"] = reply_to
    return drafting


def _fragments(
    request: HttpRequest, topic: Topic, state: State, viewer: User, writable: bool
) -> Fragments:
    """Head and posts, from the shelf where this viewer sees what others see."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")

    def make() -> Fragments:
        return _render(topic, _read(topic, viewer, after, before), writable)

    if state.has_own_deleted or after or before:
        return make()
    moderator, space = moderates(topic.space, viewer), topic.space
    allowed = (space.allows_down_votes, space.allows_several_solutions, space.archived_at is None)
    return shelf.get(key_of(topic, state, moderator, writable, allowed), make)


def _render(topic: Topic, thread: Thread, writable: bool) -> Fragments:
    context = thread_context(topic, thread, writable)
    return Fragments(
        head=render_to_string("discussions/pages/topic_head.html", context),
        posts=render_to_string("discussions/pages/topic_posts.html", context),
    )


def thread_context(topic: Topic, thread: Thread, writable: bool) -> dict[str, Any]:
    """What the templates of a topic's head and posts ask for; nothing of who reads them."""
    is_question = topic.kind == Kind.QUESTION
    return {
        "topic": topic,
        "space": topic.space,
        "thread": thread,
        "more_count": topic.answer_count - len(thread.best),
        "tags": tag_links(topic.topic_tags.select_related("tag").order_by("place")),
        "is_question": is_question,
        "down": is_question and topic.space.allows_down_votes,
        "closures": closures_of(topic),
        "moves": moves_of(topic),
        "writable": writable,
        "pinned_day": _pinned_day(topic),
    }


def _pinned_day(topic: Topic) -> str:
    """The last day on top, as it was chosen: the pin ends at the midnight behind it."""
    if topic.pinned_until is None:
        return ""
    day = timezone.localtime(topic.pinned_until - timedelta(seconds=1)).date()
    return date_format(day, "j M" if day.year == timezone.localdate().year else "j M Y")


def _read(topic: Topic, viewer: User, after: str, before: str) -> Thread:
    """The page that the address asks for; the first one where the address is damaged."""
    try:
        return read_thread(topic, viewer=viewer, after=after, before=before)
    except BadCursor:
        return read_thread(topic, viewer=viewer)


def _viewer(topic: Topic, viewer: User, read: int | None) -> dict[str, Any]:
    """What js/dress.js and js/reading.js put into fragments, which hold nothing of the reader."""
    marks = marks_in(topic, viewer)
    return {
        "me": viewer.public_id,
        "moderates": moderates(topic.space, viewer),
        "votes": marks.votes,
        "saved": marks.saved,
        "read_to": read,
    }


def empty_message(request: HttpRequest, topic: Topic) -> forms.Form:
    """The box to write in: empty, with the quote that ?quote=17 asks for, or as ?reply=17."""
    viewer = member(request)
    quoted = _numbered(request.GET.get("quote", ""), topic, viewer)
    source = as_quote(quoted) if quoted else ""
    if topic.kind == Kind.QUESTION:
        return AnswerForm(initial={"source": source})
    replied = _numbered(request.GET.get("reply", ""), topic, viewer) or quoted
    start = {"source": source, "reply_to": replied.public_id if replied else ""}
    return ReplyForm(initial=start)


def as_quote(post: Post) -> str:
    """Markdown that quotes post whole, as js/quote.js writes it."""
    lines = "".join(f"> {line}\n" for line in post.source.split("\n"))
    return f"> **{post.byline}**, {post.number}:\n>\n{lines}\n"


def _numbered(number: str, topic: Topic, viewer: User) -> Post | None:
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    try:
        return get_numbered_post(topic, int(number), viewer=viewer)
    except ObjectDoesNotExist:
        return None


def _replied_to(form: forms.Form, topic: Topic, viewer: User) -> Post | None:
    """The post that the reply in the box goes to."""
    public_id = form["reply_to"].value() if "reply_to" in form.fields else ""
    if not public_id:
        return None
    return posts_shown(topic, viewer).filter(public_id=public_id, deleted_at=None).first()
