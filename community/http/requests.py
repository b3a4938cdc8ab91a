"""What views ask of a request and answer with."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

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


def page_before(request: HttpRequest, default: str) -> str:
    """Return the address of the page that sent a form; default for one of another site."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        return default
    page = urlsplit(referer)._replace(scheme="", netloc="", fragment="").geturl()
    return page if url_has_allowed_host_and_scheme(page, None) else default


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
