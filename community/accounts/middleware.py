"""Who is asking: their time zone and language, and the way to the sign-in page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone, translation

from community.accounts.times import zone_named
from community.http.requests import page_before


class PersonMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with (
            timezone.override(zone_named(request.user.time_zone)),
            translation.override(request.user.locale),
        ):
            return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Lead everybody else to the sign-in page, and from there back to a page they can open."""

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        answer = super().process_view(request, *view)
        if not isinstance(answer, HttpResponseRedirect):
            return answer
        typed = request.POST.get("source", "").strip()
        return _hand_back(typed, answer.url) if typed else answer

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(page_before(request, "/"), self.get_login_url(view_func))


def _hand_back(typed: str, sign_in_url: str) -> HttpResponse:
    """Show a text that came after its session had ended: without scripts nothing else keeps it."""
    context = {"typed": typed, "sign_in_url": sign_in_url}
    page = render_to_string("community/accounts/signed_out.html", context)
    return HttpResponse(page, status=401)
