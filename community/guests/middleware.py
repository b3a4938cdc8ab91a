"""A guest's page leads only to people whom the guest sees.

Names stand in stored texts and in fragments that all readers of a topic share, so it is made so
where the page leaves.
"""

import re
from collections.abc import Callable, Iterable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from community.accounts.models import User

LINK = re.compile(r'<a [^>]*?href="/p/([a-z0-9_-]+)(?:[/?#][^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
# As the tags job_line and avatar write them.
JOB_LINE = re.compile(r'<span data-job-of="([a-z0-9_-]+)">[^<]*</span>')
PHOTO = re.compile(r'<img src="/photos/([a-z0-9]+)/[^>]*>')


def lead_to_people_seen(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Make plain text of names that would lead a guest nowhere, without job and photo."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        viewer = request.user
        if viewer.is_authenticated and viewer.is_guest and _is_page(response):
            page = response.content.decode()
            told = as_told_to(viewer, page)
            if told != page:
                response.content = told.encode()
        return response

    return middleware


def _is_page(response: HttpResponse) -> bool:
    kind = response.headers.get("Content-Type", "")
    return not response.streaming and kind.startswith("text/html")


def as_told_to(guest: User, page: str) -> str:
    """One query where page names or shows anybody else."""
    handles = {match[1] for match in (*LINK.finditer(page), *JOB_LINE.finditer(page))}
    photos = {match[1] for match in PHOTO.finditer(page)}
    hidden = _hidden(handles - {guest.handle}, photos - {guest.photo}, guest)
    if not hidden:
        return page
    page = LINK.sub(lambda found: found[2] if found[1] in hidden else found[0], page)
    for part in (JOB_LINE, PHOTO):
        page = part.sub(lambda found: "" if found[1] in hidden else found[0], page)
    return page


def _hidden(handles: set[str], photos: set[str], guest: User) -> set[str]:
    """Those of handles, former ones included, and of photos that are of nobody whom guest sees."""
    if not handles and not photos:
        return set()
    named = Q(handle__in=handles) | Q(former_handles__handle__in=handles) | Q(photo__in=photos)
    seen = User.objects.visible_to(guest).filter(named)
    rows: Iterable[tuple[str | None, ...]] = seen.values_list(
        "handle", "former_handles__handle", "photo"
    )
    return handles.union(photos).difference(*rows)
