"""Starting a topic: asking, opening a discussion, writing down know-how, announcing."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from community.accounts.models import User
from community.http.requests import found_or_404, member, see_other
from community.spaces.access import get_space
from community.spaces.models import Space
from discussions.drafts.places import Form, Place
from discussions.pages.attaching import Sent
from discussions.pages.drafting import Drafting, as_typed, reopen
from discussions.pages.forms import TopicForm, split_tags
from discussions.pages.preview import rendered_preview
from discussions.topics.access import spaces_for
from discussions.topics.actions import start_topic
from discussions.topics.models import Kind, Topic
from frontend.htmx import render_page

PLACE = Place(Form.START)
TITLES = {
    Kind.QUESTION: _("Ask a question"),
    Kind.DISCUSSION: _("Start a discussion"),
    Kind.ARTICLE: _("Write down know-how"),
    Kind.ANNOUNCEMENT: _("Announce something"),
}

HINTS = {
    Kind.QUESTION: [_("what you tried"), _("the message as text"), _("since when it happens")],
    Kind.DISCUSSION: [_("what it is about"), _("what you think yourself"), _("until when")],
    Kind.ARTICLE: [_("who needs it, and when"), _("the steps in order"), _("who to ask")],
    Kind.ANNOUNCEMENT: [_("what changes"), _("for whom, and from when"), _("what to do now")],
}


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def topic_start(request: HttpRequest) -> HttpResponse:
    spaces = _spaces(request)
    if request.method != "POST":
        drafting = _begun(request, spaces)
        return _render_start(request, TopicForm(initial=drafting.initial, spaces=spaces), drafting)
    sent, drafting = Sent(request), as_typed(PLACE, request.POST)
    if "switch" in request.POST:
        wanted = sent.data.dict() | {"kind": request.POST["switch"]}
        return _render_start(request, TopicForm(initial=wanted, spaces=spaces), drafting)
    form = TopicForm(sent.data, spaces=spaces)
    if "preview" in request.POST:
        return _render_start(
            request, form, drafting, preview=rendered_preview(request, sent.source)
        )
    topic = sent.submit(form, lambda: _start(form, member(request)), place=PLACE)
    if topic is None:
        return _render_start(request, form, drafting, status=422)
    return see_other(topic.get_absolute_url())


def _spaces(request: HttpRequest) -> list[Space]:
    """Where the person may start what they chose: announcements where they moderate."""
    viewer = member(request)
    sent = request.POST if request.method == "POST" else request.GET
    return list(spaces_for(sent.get("switch", sent.get("kind", "")), viewer))


def _begun(request: HttpRequest, spaces: list[Space]) -> Drafting:
    """A draft goes on as the kind that the link asked for, in a space that takes this kind."""
    wishes = _wishes(request, spaces)
    drafting = reopen(PLACE, wishes, by=member(request))
    if request.GET.get("kind") == wishes["kind"]:
        drafting.initial["kind"] = wishes["kind"]
        if drafting.initial["space"] not in {space.slug for space in spaces}:
            drafting.initial["space"] = wishes["space"]
    return drafting


def _wishes(request: HttpRequest, spaces: list[Space]) -> dict[str, str]:
    """What the link to this page asked for; unknown kinds and spaces are left out."""
    kind, slug = request.GET.get("kind"), request.GET.get("space")
    return {
        "kind": kind if kind in [*TITLES] else Kind.QUESTION.value,
        "space": slug if slug in {space.slug for space in spaces} else "",
        "title": request.GET.get("title", ""),
        "tags": request.GET.get("tags", ""),
    }


def _start(form: TopicForm, by: User) -> Topic:
    data = form.cleaned_data
    return start_topic(
        get_space(data["space"], viewer=by),
        by=by,
        kind=Kind(data["kind"]),
        title=data["title"],
        source=data["source"],
        tags=split_tags(data["tags"]),
        key=data["key"],
    )


def _kinds(person: User) -> list[tuple[str, Promise]]:
    announces = spaces_for(Kind.ANNOUNCEMENT, person).exists()
    return [(one.value, TITLES[one]) for one in TITLES if announces or one != Kind.ANNOUNCEMENT]


def _render_start(
    request: HttpRequest,
    form: TopicForm,
    drafting: Drafting,
    *,
    preview: str = "",
    status: int = 200,
) -> HttpResponse:
    kind = form["kind"].value()
    context = {
        "form": form,
        "drafting": drafting,
        "kind": kind,
        "kinds": _kinds(member(request)),
        "hints": HINTS.get(kind, HINTS[Kind.DISCUSSION]),
        "title": TITLES.get(kind, TITLES[Kind.DISCUSSION]),
        "preview_html": preview,
    }
    return render_page(request, "discussions/pages/start.html", context, status=status)
