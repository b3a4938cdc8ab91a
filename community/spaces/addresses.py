"""How a view gets its space from the address."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from community.http.requests import found_or_404, member
from community.spaces.access import get_space
from community.spaces.models import Space

P = ParamSpec("P")


def space_view(
    view: Callable[Concatenate[HttpRequest, Space, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give view the space instead of its slug; a page under a former slug leads to the present one.

    404 where the person may not know of the space, or view meets something else that is missing.
    """

    @wraps(view)
    @found_or_404
    def answer(
        request: HttpRequest, /, slug: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        space = get_space(slug, viewer=member(request))
        if space.slug != slug and request.method in {"GET", "HEAD"}:
            rest = request.path.removeprefix(f"/s/{slug}")
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(f"{space.url}{rest}{'?' if query else ''}{query}")
        return view(request, space, *args, **kwargs)

    return answer
