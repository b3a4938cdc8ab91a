"""Sign-in and passwords: those of allauth's pages that this site needs."""

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from community.accounts.models import User
from community.http.requests import see_other

WAIT_SECONDS = 300


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """A site where nobody can sign in leads to the page that makes its first admin.

    There may be people: an import brings in authors.
    """
    if request.method == "GET" and not User.objects.active().exists():
        return see_other("/welcome")
    answer: HttpResponse = allauth_views.login(request)
    if isinstance(answer, TemplateResponse):
        answer.context_data = (answer.context_data or {}) | {"domains": settings.SIGN_UP_DOMAINS}
        if _tried_too_often(answer):
            answer.status_code = 429
            answer.headers["Retry-After"] = str(WAIT_SECONDS)
    return answer


def _tried_too_often(answer: TemplateResponse) -> bool:
    form = (answer.context_data or {}).get("form")
    return form is not None and form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's answer when a limit is reached."""
    return HttpResponse(
        render_to_string("429.html"), status=429, headers={"Retry-After": str(WAIT_SECONDS)}
    )
