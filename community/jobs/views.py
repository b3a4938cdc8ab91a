"""The button that stops long work, on the page of whatever it works on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.http.requests import found_or_404, member, page_before, see_other
from community.jobs.access import get_own_job
from community.jobs.actions import stop_own_job


@require_POST
@found_or_404
def job_stop(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    if stop_own_job(get_own_job(public_id, viewer=by), by=by):
        messages.success(request, _("It stops. What is done so far stays."))
    else:
        messages.warning(request, _("It has ended already."))
    return see_other(page_before(request, "/"))
