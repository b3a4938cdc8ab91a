"""All that somebody wrote, where the viewer may read it."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from community.accounts.access import get_person
from community.accounts.models import User
from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.requests import found_or_404, member
from discussions.topics.models import Post

NEWEST = Order(("-created_at", "-id"))
PAGE_ROWS = 25
# What ?kind= may ask for, its words, and the kinds of posts.
KINDS = {
    "": (_("All"), list(Post.Kind)),
    "topics": (_("Topics"), [Post.Kind.OPENING]),
    "answers": (_("Answers"), [Post.Kind.ANSWER]),
    "replies": (_("Replies"), [Post.Kind.REPLY]),
    "comments": (_("Comments"), [Post.Kind.COMMENT]),
}


def contributions_of(person: User, kind: str, *, viewer: User) -> QuerySet[Post]:
    """What person wrote and viewer may read, with topics and spaces; kind is one of KINDS."""
    posts = Post.objects.visible_to(viewer).filter(author=person, kind__in=KINDS[kind][1])
    return posts.select_related("topic__space").defer("source", "html")


@require_safe
@found_or_404
def person_contributions(request: HttpRequest, handle: str) -> HttpResponse:
    viewer = member(request)
    person = get_person(handle, viewer=viewer)
    if person.handle != handle:
        return HttpResponseRedirect(f"{person.url}/contributions")
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    rows = contributions_of(person, kind, viewer=viewer)
    page, astray = page_or_first(request, rows, NEWEST, size=PAGE_ROWS)
    context = {
        "person": person,
        "kind": kind,
        "kinds": [(value, words) for value, (words, _kinds) in KINDS.items()],
        "page": page,
        "astray": astray,
        "page_stream": page_stream(request, "me"),
    }
    return render(request, "discussions/pages/contributions.html", context)
