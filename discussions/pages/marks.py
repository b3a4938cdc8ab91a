"""Marks of reading: what scripts tell of posts in view, and what people say by buttons."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.http.rate import limit_rate
from community.http.requests import member, page_before, see_other
from community.spaces.addresses import space_view
from community.spaces.models import Space
from discussions.pages.addresses import topic_view
from discussions.reading.actions import (
    TOLD_PER_MINUTE,
    mark_unread,
    note_visit,
    read_all_spaces,
    read_space,
    read_topic,
)
from discussions.reading.queries import first_unread
from discussions.topics.models import Topic


@require_POST
@limit_rate("reading", per_minute=TOLD_PER_MINUTE)
@topic_view
def topic_read(request: HttpRequest, topic: Topic) -> HttpResponse:
    """With a number: 204, posts up to it were in view. Without: everything in the topic is read."""
    by, told = member(request), request.POST.get("number")
    if told is None:
        read_topic(topic, by=by)
        return see_other(page_before(request, topic.get_absolute_url()))
    try:
        read_topic(topic, by=by, number=_number(told))
    except ValidationError as error:
        return _refused(error)
    return HttpResponse(status=204)


@require_POST
@limit_rate("reading", per_minute=TOLD_PER_MINUTE)
@topic_view
def topic_unread(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Count a post and what follows it as unread."""
    try:
        mark_unread(topic, by=member(request), number=_number(request.POST.get("number", "")))
    except ValidationError as error:
        return _refused(error)
    undo = f"undo:/topics/{topic.public_id}/reading"
    messages.success(request, _("From that post on, this is unread again."), extra_tags=undo)
    return see_other(page_before(request, topic.get_absolute_url()))


def _number(text: str) -> int:
    """0, which no post has, for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _refused(error: ValidationError) -> HttpResponse:
    return HttpResponse(" ".join(error.messages), status=400, content_type="text/plain")


@require_safe
@topic_view
def unread_locate(request: HttpRequest, topic: Topic) -> HttpResponse:
    """Lead to the first post that the viewer hasn't read; to the topic where there is none."""
    number = first_unread(topic, viewer=member(request))
    return redirect(f"/t/{topic.public_id}/p/{number}" if number else topic.get_absolute_url())


@require_POST
@limit_rate("reading", per_minute=TOLD_PER_MINUTE)
@space_view
def space_mark(request: HttpRequest, space: Space) -> HttpResponse:
    """Count what is in the space as read, up to the time when the page was made."""
    read_space(space, by=member(request), until=_until(request))
    messages.success(request, _("%(name)s is read.") % {"name": space.name})
    return see_other(page_before(request, space.url))


@require_POST
@limit_rate("reading", per_minute=TOLD_PER_MINUTE)
def spaces_mark(request: HttpRequest) -> HttpResponse:
    """space_mark() for all spaces of the person."""
    read_all_spaces(by=member(request), until=_until(request))
    messages.success(request, _("Everything in your spaces is read."))
    return see_other(page_before(request, "/questions"))


def _until(request: HttpRequest) -> datetime:
    """What came after the page was made, at ?until= in seconds, has not been seen."""
    made_at = request.GET.get("until", "")
    if not (made_at.isascii() and made_at.isdigit() and len(made_at) <= 10):
        return timezone.now()
    return datetime.fromtimestamp(int(made_at), UTC)


@require_POST
@limit_rate("visits", per_minute=60)
def visit_create(request: HttpRequest) -> HttpResponse:
    """The person looks at a page."""
    note_visit(by=member(request))
    return HttpResponse(status=204)
