"""Tags that nobody uses: a list to tick, a question, and the removal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from community.accounts.models import User
from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.requests import member, see_other
from discussions.tags.access import require_tidy
from discussions.tags.models import Tag
from discussions.topics.unused import AT_ONCE, remove_unused, unused_tags
from frontend.htmx import render_page

LIST = "/unused-tags"
OLDEST = Order(("created_at", "id"))
ROWS = 25


@require_safe
def unused_list(request: HttpRequest) -> HttpResponse:
    viewer = member(request)
    require_tidy(viewer)
    page, astray = page_or_first(request, unused_tags(viewer), OLDEST, size=ROWS)
    context = {
        "tags": page.rows,
        "astray": astray,
        "newer_url": f"?before={page.newer}" if page.newer else "",
        "older_url": f"?after={page.older}" if page.older else "",
        "page_stream": page_stream(request, "me"),
    }
    return render_page(request, "discussions/pages/unused_tags.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unused_remove(request: HttpRequest) -> HttpResponse:
    """GET asks about the tags that are named, or about all of them; POST removes those named."""
    by = member(request)
    require_tidy(by)
    if request.method == "POST":
        return _remove(request, by)
    tags = _chosen(by, request.GET)
    if not tags:
        messages.error(request, _("Tick the tags that can go."))
        return see_other(LIST)
    context = {"tags": tags, "page_stream": page_stream(request, "me")}
    return render_page(request, "discussions/pages/unused_tags_remove.html", context)


def _chosen(by: User, asked: QueryDict) -> list[Tag]:
    tags = unused_tags(by).order_by(*OLDEST.columns)
    if "all" not in asked:
        tags = tags.filter(name__in=asked.getlist("tag")[:AT_ONCE])
    return list(tags[:AT_ONCE])


def _remove(request: HttpRequest, by: User) -> HttpResponse:
    count = remove_unused(request.POST.getlist("tag"), by=by)
    if count:
        said = ngettext("%(count)s tag is removed.", "%(count)s tags are removed.", count)
        messages.success(request, said % {"count": count})
    else:
        messages.error(request, _("Nothing is removed: these tags are gone, or in use again."))
    return see_other(LIST)
