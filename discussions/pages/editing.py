"""Editing a post, also when somebody else edited it in the meantime."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from community.accounts.models import User
from community.http.conflicts import EditConflict
from community.http.requests import member, see_other
from community.text.diff import Change, word_diff
from discussions.drafts.places import Form, Place
from discussions.pages.addresses import post_view
from discussions.pages.attaching import Sent
from discussions.pages.drafting import Drafting, as_typed, reopen
from discussions.pages.forms import EditForm, OpeningEditForm, split_tags
from discussions.pages.preview import rendered_preview
from discussions.topics.access import can_edit, require_edit
from discussions.topics.actions import edit_post
from discussions.topics.models import Post
from discussions.topics.tagging import tags_on
from frontend.htmx import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@post_view
def post_edit(request: HttpRequest, post: Post) -> HttpResponse:
    by = member(request)
    if request.method != "POST":
        require_edit(post, by)
        drafting = reopen(_place(post), _as_it_is(post), by=by)
        return _render(request, post, _form_class(post)(initial=drafting.initial), drafting)
    sent = Sent(request, may_store=can_edit(post, by))
    drafting = as_typed(_place(post), request.POST)
    form = _form_class(post)(sent.data)
    if "preview" in request.POST:
        preview = rendered_preview(request, sent.source)
        return _render(request, post, form, drafting, preview_html=preview)
    try:
        edited = sent.submit(form, lambda: _edit(post, form, by), place=_place(post))
    except EditConflict as conflict:
        return _render_conflict(request, conflict.current, form)
    if edited is None:
        return _render(request, post, form, drafting, status=422)
    return see_other(post.get_absolute_url())


def _place(post: Post) -> Place:
    return Place(Form.EDIT, post.public_id)


def _form_class(post: Post) -> type[EditForm]:
    return OpeningEditForm if post.kind == Post.Kind.OPENING else EditForm


def _as_it_is(post: Post) -> dict[str, Any]:
    start = {"source": post.source, "version": post.version}
    if post.kind != Post.Kind.OPENING:
        return start
    return start | {"title": post.topic.title, "tags": ", ".join(tags_on(post.topic))}


def _edit(post: Post, form: EditForm, by: User) -> Post:
    data = form.cleaned_data
    opening = post.kind == Post.Kind.OPENING
    return edit_post(
        post,
        by=by,
        source=data["source"],
        based_on=data["version"],
        title=data["title"] if opening else None,
        tags=split_tags(data["tags"]) if opening else None,
        reason=data["reason"],
    )


def _render(
    request: HttpRequest,
    post: Post,
    form: EditForm,
    drafting: Drafting,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"post": post, "topic": post.topic, "form": form, "drafting": drafting} | more
    return render_page(request, "discussions/pages/edit.html", context, status=status)


def _render_conflict(request: HttpRequest, current: Post, typed: EditForm) -> HttpResponse:
    """409: what was typed stays in the form, now based on the text that stands beside it."""
    mine, saved = typed.cleaned_data, _as_it_is(current)
    form = _form_class(current)(initial=mine | {"version": current.version})
    last = current.revisions.select_related("by").get(number=current.version)
    return _render(
        request,
        current,
        form,
        as_typed(_place(current), request.POST),
        status=409,
        conflict=True,
        current=saved,
        changes=_changes(saved, mine),
        last=last,
        is_own=last.by == member(request),
    )


def _changes(saved: dict[str, Any], typed: dict[str, Any]) -> dict[str, list[Change]]:
    """What saving typed would change, by field."""
    names = [name for name in ("title", "tags", "source") if name in saved]
    texts = {name: typed[name].replace("\r\n", "\n").strip() for name in names}
    return {name: word_diff(saved[name], text) for name, text in texts.items()}
