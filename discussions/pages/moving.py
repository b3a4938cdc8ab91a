"""Moving a topic to another space: choose, look at what it means, confirm."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.accounts.models import User
from community.http.requests import member, see_other
from community.spaces.access import moderates, require_unarchived
from community.spaces.models import Space
from community.spaces.sight import SightChanged
from community.spaces.sight_list import sight_context
from discussions.pages.addresses import topic_view
from discussions.topics.access import require_moderate, spaces_for
from discussions.topics.actions import move_topic
from discussions.topics.models import Topic
from discussions.topics.moves import preview_move
from frontend.htmx import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@topic_view
def topic_move(request: HttpRequest, topic: Topic) -> HttpResponse:
    by = member(request)
    require_moderate(topic, by)
    require_unarchived(topic.space)
    sent = request.POST if request.method == "POST" else request.GET
    to = places_to_move_to(topic, by).filter(slug=sent.get("to", "")[:60]).first()
    if to is None and "to" in sent:
        return _page(
            request, topic, to, status=422, wrong=_("Choose a space that you may write in.")
        )
    if request.method != "POST" or to is None:
        return _page(request, topic, to)
    try:
        moved = move_topic(topic, to, by=by, seen=request.POST.get("seen", ""))
    except SightChanged as error:
        return _page(request, topic, to, status=409, wrong=str(error))
    except ValidationError as error:
        return _page(request, topic, to, status=422, wrong=error.messages[0])
    return see_other(moved.get_absolute_url())


def places_to_move_to(topic: Topic, by: User) -> QuerySet[Space]:
    """Where by may put topic."""
    return spaces_for(topic.kind, by).exclude(pk=topic.space_id)


def _page(
    request: HttpRequest, topic: Topic, to: Space | None, *, status: int = 200, wrong: str = ""
) -> HttpResponse:
    context = {
        "topic": topic,
        "space": topic.space,
        "spaces": list(places_to_move_to(topic, member(request))),
        "to": to,
        "wrong": wrong,
    }
    if to is not None:
        preview = preview_move(topic, to)
        context |= {"preview": preview} | sight_context(request, preview.sight)
        context["is_one_way"] = not moderates(to, member(request))
    return render_page(request, "discussions/pages/move.html", context, status=status)
