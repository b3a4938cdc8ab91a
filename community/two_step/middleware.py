"""Leads people whose rights ask for two-step sign-in to set it up, before anything else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from community.http.requests import member, see_other
from community.two_step.access import lacks_two_step

# What setting it up takes, and the way out.
OPEN = {"account_logout", "account_reauthenticate", "two_step_required"}


class TwoStepMiddleware:
    """Stands behind SignInMiddleware, which has led everybody else to the door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or _is_open(request):
            return None
        return see_other(reverse("two_step_required")) if lacks_two_step(member(request)) else None


def _is_open(request: HttpRequest) -> bool:
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    return name in OPEN or name.startswith("mfa_")
