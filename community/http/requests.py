"""What views ask of a request and answer with."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from community.accounts.models import User


def member(request: HttpRequest) -> "User":
    """Return the signed-in person; LoginRequiredMiddleware has turned everybody else away."""
    return cast("User", request.user)


def see_other(url: str) -> HttpResponse:
    """Answer a write: 303, so that reloading repeats nothing."""
    return HttpResponse(status=303, headers={"Location": url})
