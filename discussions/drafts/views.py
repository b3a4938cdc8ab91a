"""The list of one's drafts, deleting one, and taking that back."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.http.keyset import page_or_first
from community.http.position import page_stream
from community.http.requests import found_or_404, member, page_before, see_other
from discussions.drafts.access import get_draft
from discussions.drafts.actions import delete_draft, restore_draft
from discussions.drafts.queries import LATEST, drafts_of, shown_drafts
from frontend.htmx import render_page

ROWS = 10


@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    viewer = member(request)
    page, astray = page_or_first(request, drafts_of(viewer), LATEST, size=ROWS)
    context = {
        "drafts": shown_drafts(page.rows, viewer=viewer),
        "astray": astray,
        "limit": settings.MAX_DRAFTS,
        "newer_url": f"?before={page.newer}" if page.newer else "",
        "older_url": f"?after={page.older}" if page.older else "",
        "page_stream": page_stream(request, "me"),
    }
    return render_page(request, "discussions/drafts/list.html", context)


@require_POST
@found_or_404
def draft_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    draft = get_draft(public_id, viewer=member(request))
    delete_draft(draft, by=member(request))
    undo = f"undo:/drafts/{draft.public_id}/restoration"
    messages.success(request, _("The draft is deleted."), extra_tags=undo)
    return see_other(page_before(request, "/drafts"))


@require_POST
@found_or_404
def draft_restore(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        restore_draft(get_draft(public_id, viewer=member(request)), by=member(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(page_before(request, "/drafts"))
