"""Who is asking: their time zone and language, and the way to the sign-in page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(page_before(request, "/"), self.get_login_url(view_func))
