"""What of people's names a guest is told: links and handles of those alone whom the guest sees.

Names stand in stored texts and in fragments that all readers of a topic share, so it is made so
where an answer leaves.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from community.accounts.models import User
from community.http.api.strings import Handle, Html

LINK = re.compile(r'<a [^>]*?href="/p/([a-z0-9_-]+)(?:[/?#][^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
# As the tags job_line and avatar write them.
JOB_LINE = re.compile(r'<span data-job-of="([a-z0-9_-]+)">[^<]*</span>')
PHOTO = re.compile(r'<img src="/photos/([a-z0-9]+)/[^>]*>')


def page_as_told_to(guest: User, page: str) -> str:
    """Make plain text of names that would lead guest nowhere, without job line and photo.

    One query where page names or shows anybody else.
    """
    hidden = _hidden(_handles_in(page), {match[1] for match in PHOTO.finditer(page)}, guest)
    return _without(page, hidden) if hidden else page


def data_as_told_to(guest: User, data: Any) -> Any:
    """Make None of people and handles that guest doesn't see, or leave them out of their list.

    data is what a program gets, made of shapes. One query where it names anybody else.
    """
    hidden = _hidden(set(_handles_named(data)), set(), guest)
    return _told(data, hidden) if hidden else data


def _handles_in(page: str) -> set[str]:
    return {match[1] for match in (*LINK.finditer(page), *JOB_LINE.finditer(page))}


def _handles_named(data: Any) -> Iterable[str]:
    match data:
        case Handle():
            yield data
        case Html():
            yield from _handles_in(data)
        case dict():
            for value in data.values():
                yield from _handles_named(value)
        case list():
            for value in data:
                yield from _handles_named(value)


def _hidden(handles: set[str], photos: set[str], guest: User) -> set[str]:
    """Those of handles, former ones included, and of photos that are of nobody whom guest sees."""
    handles, photos = handles - {guest.handle}, photos - {guest.photo}
    if not handles and not photos:
        return set()
    named = Q(handle__in=handles) | Q(former_handles__handle__in=handles) | Q(photo__in=photos)
    seen = User.objects.visible_to(guest).filter(named)
    rows: Iterable[tuple[str | None, ...]] = seen.values_list(
        "handle", "former_handles__handle", "photo"
    )
    return handles.union(photos).difference(*rows)


def _without(page: str, hidden: set[str]) -> str:
    page = LINK.sub(lambda found: found[2] if found[1] in hidden else found[0], page)
    for part in (JOB_LINE, PHOTO):
        page = part.sub(lambda found: "" if found[1] in hidden else found[0], page)
    return page


def _told(data: Any, hidden: set[str]) -> Any:
    if _is_of(data, hidden):
        return None
    match data:
        case Html():
            return _without(data, hidden)
        case dict():
            return {name: _told(value, hidden) for name, value in data.items()}
        case list():
            return [_told(value, hidden) for value in data if not _is_of(value, hidden)]
        case _:
            return data


def _is_of(value: Any, hidden: set[str]) -> bool:
    """Whether value is a hidden person, or their handle."""
    named = value.get("handle") if isinstance(value, dict) else value
    return isinstance(named, Handle) and named in hidden
