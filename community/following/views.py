"""Whom one follows."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.accounts.access import get_person
from community.following.actions import follow_person, unfollow_person
from community.following.queries import followed_by
from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.requests import found_or_404, member, page_before, see_other

BY_NAME = Order(("name", "id"))
ROWS = 25


@require_safe
def following_list(request: HttpRequest) -> HttpResponse:
    page, astray = page_or_first(request, followed_by(member(request)), BY_NAME, size=ROWS)
    context = {
        "people": page.rows,
        "astray": astray,
        "newer_url": f"?before={page.newer}" if page.newer else "",
        "older_url": f"?after={page.older}" if page.older else "",
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "community/following/list.html", context)


@require_POST
@found_or_404
def person_follow(request: HttpRequest, handle: str) -> HttpResponse:
    person = get_person(handle, viewer=member(request))
    try:
        follow_person(person, by=member(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(page_before(request, person.url))


@require_POST
@found_or_404
def person_unfollow(request: HttpRequest, handle: str) -> HttpResponse:
    person = get_person(handle, viewer=member(request))
    unfollow_person(person, by=member(request))
    text = _("You don't follow %(name)s any more.") % {"name": person.name}
    messages.success(request, text, extra_tags=f"undo:/p/{person.handle}/following")
    return see_other(page_before(request, person.url))
