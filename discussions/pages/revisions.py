"""What changed: the versions of a post, word by word."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.http.conflicts import EditConflict
from community.http.requests import member, see_other
from community.spaces.access import moderates
from community.text.diff import Change, word_diff
from discussions.pages.addresses import post_view
from discussions.topics.access import can_edit, require_edit
from discussions.topics.actions import blank_revision, roll_back
from discussions.topics.models import Post, Revision
from frontend.htmx import render_page

# Versions that stand beside the one shown, in each direction.
BESIDE = 25


@require_safe
@post_view
def revision_list(request: HttpRequest, post: Post) -> HttpResponse:
    """Lead to the newest version; the others stand beside it."""
    return redirect("revision", post.public_id, post.version)


@require_safe
@post_view
def revision_show(request: HttpRequest, post: Post, number: int) -> HttpResponse:
    viewer = member(request)
    revisions = {one.number: one for one in _listed(post, number)}
    if number not in revisions:
        raise Revision.DoesNotExist
    # Two of them whole; the others only stand beside it.
    whole = post.revisions.select_related("blanked_by")
    compared = {one.number: one for one in whole.filter(number__in=[number - 1, number])}
    shown, earlier = compared[number], compared.get(number - 1)
    context = {
        "post": post,
        "topic": post.topic,
        "revision": shown,
        "earlier": earlier,
        "is_first": earlier is None,
        "later": revisions.get(number + 1),
        "difference": _difference(earlier, shown),
        "revisions": revisions.values(),
        "in_one": request.GET.get("view") == "one",
        "can_edit": can_edit(post, viewer),
        "moderates": moderates(post.topic.space, viewer),
    }
    return render_page(request, "discussions/pages/revision.html", context)


def _listed(post: Post, number: int) -> list[Revision]:
    """The versions around number, the newest first."""
    around = post.revisions.filter(number__gte=number - BESIDE, number__lte=number + BESIDE)
    return list(around.defer("source", "title").order_by("-number"))


@dataclass(frozen=True)
class Difference:
    """The changes that lead to a version, from nothing for the first one."""

    source: list[Change]
    title: list[Change]
    tags: list[Change]


def _difference(earlier: Revision | None, shown: Revision) -> Difference:
    return Difference(
        source=word_diff(earlier.source if earlier else "", shown.source),
        title=word_diff(earlier.title if earlier else "", shown.title),
        tags=word_diff(" ".join(earlier.tag_names) if earlier else "", " ".join(shown.tag_names)),
    )


@require_POST
@post_view
def revision_roll_back(request: HttpRequest, post: Post, number: int) -> HttpResponse:
    """Make an earlier version the newest, if nobody edited since the page was made."""
    by = member(request)
    require_edit(post, by)
    based_on = request.POST.get("version", "")
    if not (based_on.isascii() and based_on.isdigit() and len(based_on) < 10):
        raise PermissionDenied(_("Go back from the page of the version, please."))
    try:
        roll_back(post, to=number, by=by, based_on=int(based_on))
    except EditConflict as conflict:
        messages.warning(request, str(conflict))
        return see_other(f"/posts/{post.public_id}/revisions/{conflict.current.version}")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return see_other(f"/posts/{post.public_id}/revisions/{number}")
    return see_other(post.get_absolute_url())


@require_POST
@post_view
def revision_blank(request: HttpRequest, post: Post, number: int) -> HttpResponse:
    try:
        blank_revision(post.revisions.get(number=number), by=member(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(f"/posts/{post.public_id}/revisions/{number}")
