"""The page "Background work" and its buttons."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from community.accounts.models import User
from community.administration import actions
from community.administration.access import get_fanout, get_job, get_parked, require_operations
from community.administration.queries import (
    fanouts,
    handler_rows,
    jobs,
    open_work,
    parked_events,
    scheduled_runs,
)
from community.http.keyset import Order, page_or_first
from community.http.position import page_stream
from community.http.requests import found_or_404, member, see_other
from frontend.htmx import render_page

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NEWEST = Order(("-id",))
PAGE_ROWS = 25
SOON = gettext_lazy("It is tried again in a moment.")
GONE = gettext_lazy("It was discarded.")
STOPS = gettext_lazy("It stops at its next report.")
M = TypeVar("M", bound=Model)


@require_safe
@found_or_404
def work(request: HttpRequest) -> HttpResponse:
    require_operations(member(request))
    lists: dict[str, Callable[[], QuerySet[Any]]] = {
        "parked": parked_events,
        "fanouts": fanouts,
        "jobs": jobs,
    }
    show = request.GET.get("show", "")
    context: dict[str, Any] = {"page_stream": page_stream(request, "me"), "tabs": _tabs(show)}
    if show in lists:
        rows = lists[show]()
        context["page"], context["astray"] = page_or_first(request, rows, NEWEST, size=PAGE_ROWS)
    else:
        show = "handlers"
        context |= {"handlers": handler_rows(), "schedule": scheduled_runs()}
    context["body"] = f"community/administration/{show}.html"
    return render_page(request, "community/administration/work.html", context)


def _tabs(show: str) -> list[dict[str, Any]]:
    left = open_work()
    tabs = [
        ("", _("Handlers and schedule"), 0),
        ("parked", _("Parked events"), left.parked),
        ("fanouts", _("Fan-outs"), left.fanouts),
        ("jobs", _("Jobs"), left.jobs),
    ]
    known = show if show in {key for key, _text, _count in tabs} else ""
    return [
        {"text": text, "url": _url(key), "current": key == known, "count": count}
        for key, text, count in tabs
    ]


def _url(show: str) -> str:
    return reverse("work") + (f"?show={show}" if show else "")


def _button(
    get: Callable[..., M], act: Callable[..., bool], show: str, done: "StrPromise"
) -> Callable[[HttpRequest, str], HttpResponse]:
    """A view that acts on one row and leads back to its list."""

    @require_POST
    @found_or_404
    def press(request: HttpRequest, public_id: str) -> HttpResponse:
        by: User = member(request)
        if act(get(public_id, viewer=by), by=by):
            messages.success(request, done)
        else:
            messages.warning(request, actions.TOO_LATE)
        return see_other(_url(show))

    return press


parked_retry = _button(get_parked, actions.retry_parked, "parked", SOON)
parked_discard = _button(get_parked, actions.discard_parked, "parked", GONE)
fanout_retry = _button(get_fanout, actions.retry_fanout, "fanouts", SOON)
fanout_discard = _button(get_fanout, actions.discard_fanout, "fanouts", GONE)
job_retry = _button(get_job, actions.retry_job, "jobs", SOON)
job_discard = _button(get_job, actions.discard_job, "jobs", GONE)
job_cancel = _button(get_job, actions.cancel_job, "jobs", STOPS)
