"""What views ask of a request and answer with."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from frontend.htmx import SeeOther

if TYPE_CHECKING:
    from community.accounts.models import User

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def member(request: HttpRequest) -> "User":
    """Return the signed-in person; SignInMiddleware has turned everybody else away."""
    return cast("User", request.user)


def see_other(url: str) -> SeeOther:
    """Answer a write: 303, so that reloading repeats nothing."""
    return SeeOther(url)


def found_or_404(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """Answer 404 where view meets an object that is missing, or hidden from the person, alike."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404 from error

    return answer
