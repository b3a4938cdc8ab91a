"""The Saved page, and what one does with its rows."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.http.forms import status_of, submit
from community.http.keyset import page_or_first
from community.http.position import page_stream
from community.http.requests import found_or_404, member, page_before, see_other
from discussions.saved.access import get_saved
from discussions.saved.actions import (
    finish_saved,
    note_saved,
    reopen_saved,
    restore_saved,
    save_post,
    unsave_post,
)
from discussions.saved.forms import NoteForm
from discussions.saved.models import SavedPost
from discussions.saved.queries import (
    ALL,
    CHANGED,
    DONE,
    REMINDERS,
    SHELVES,
    Shelf,
    counts_of,
    saved_of,
    shown_saved,
)
from discussions.topics.access import get_post
from frontend.htmx import render_page

ROWS = 25
TITLES: dict[str, Promise] = {
    ALL.key: gettext_lazy("All"),
    REMINDERS.key: gettext_lazy("With a reminder"),
    CHANGED.key: gettext_lazy("Changed since"),
    DONE.key: gettext_lazy("Done"),
}


@require_safe
def saved_list(request: HttpRequest) -> HttpResponse:
    viewer = member(request)
    asked = request.GET.get("show", "")
    shelf = next((one for one in SHELVES if one.key == asked), ALL)
    rows = shelf.narrow(saved_of(viewer), viewer)
    page, astray = page_or_first(request, rows, shelf.order, size=ROWS)
    counts = counts_of(viewer)
    context = {
        "rows": shown_saved(page.rows, viewer=viewer),
        "shelf": shelf.key,
        "tabs": [_tab(one, shelf, counts[one.key]) for one in SHELVES],
        "astray": astray or asked not in {"", shelf.key},
        "newer_url": _url(shelf, before=page.newer),
        "older_url": _url(shelf, after=page.older),
        "page_stream": page_stream(request, "me"),
    }
    return render_page(request, "discussions/saved/list.html", context)


def _tab(shelf: Shelf, current: Shelf, count: int) -> dict[str, object]:
    url = "/saved" if shelf is ALL else f"/saved?show={shelf.key}"
    return {"text": TITLES[shelf.key], "url": url, "current": shelf is current, "count": count}


def _url(shelf: Shelf, **cursor: str | None) -> str:
    if not any(cursor.values()):
        return ""
    return "?" + urlencode({} if shelf is ALL else {"show": shelf.key}) + "&" + urlencode(cursor)


@require_POST
@found_or_404
def saving_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Save a post from its page."""
    post = get_post(public_id, viewer=member(request))
    try:
        saved = save_post(post, by=member(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return see_other(page_before(request, post.get_absolute_url()))
    text = _("Saved. Add a note or a reminder on the Saved page.")
    messages.success(request, text, extra_tags=f"undo:/saved/{saved.public_id}/removal")
    return see_other(page_before(request, post.get_absolute_url()))


@require_POST
@found_or_404
def saving_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    post = get_post(public_id, viewer=member(request))
    unsave_post(post, by=member(request))
    undo = f"undo:/posts/{post.public_id}/saving"
    messages.success(request, _("It is saved no more."), extra_tags=undo)
    return see_other(page_before(request, post.get_absolute_url()))


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def saved_note(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    saved = get_saved(public_id, viewer=by)
    start = {"note": saved.note, "remind_at": saved.remind_at}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=start)
    if submit(form, lambda: _note(form, saved, request)):
        return see_other("/saved")
    [shown] = shown_saved([saved], viewer=by)
    context = {"form": form, "shown": shown, "page_stream": page_stream(request, "me")}
    return render_page(request, "discussions/saved/note.html", context, status=status_of(form))


def _note(form: NoteForm, saved: SavedPost, request: HttpRequest) -> SavedPost:
    data = form.cleaned_data
    by = member(request)
    return note_saved(saved, by=by, note=data["note"], remind_at=data["remind_at"])


@require_POST
@found_or_404
def saved_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    saved = get_saved(public_id, viewer=member(request))
    unsave_post(saved.post, by=member(request))
    undo = f"undo:/saved/{saved.public_id}/restoration"
    messages.success(request, _("It is saved no more."), extra_tags=undo)
    return see_other(page_before(request, "/saved"))


@require_POST
@found_or_404
def saved_restore(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        restore_saved(get_saved(public_id, viewer=member(request)), by=member(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(page_before(request, "/saved"))


@require_POST
@found_or_404
def saved_finish(request: HttpRequest, public_id: str) -> HttpResponse:
    saved = get_saved(public_id, viewer=member(request))
    finish_saved(saved, by=member(request))
    undo = f"undo:/saved/{saved.public_id}/completion/removal"
    messages.success(request, _("Done. It reminds you no more."), extra_tags=undo)
    return see_other(page_before(request, "/saved"))


@require_POST
@found_or_404
def saved_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    reopen_saved(get_saved(public_id, viewer=member(request)), by=member(request))
    return see_other(page_before(request, "/saved"))
