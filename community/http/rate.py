"""How often one person may do one thing."""

import logging
import time
from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from community.http.requests import member

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

logger = logging.getLogger(__name__)
WINDOW_SECONDS = 60


def limit_rate(
    what: str, *, per_minute: int, methods: Collection[str] = ("POST",)
) -> Callable[[View[P]], View[P]]:
    """Answer 429 where somebody sends more than per_minute requests of these methods.

    Views with the same what share a count, which starts again with each minute of the clock.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if (
                request.method in methods
                and count_request(what, member(request).public_id) > per_minute
            ):
                return _too_many()
            return view(request, *args, **kwargs)

        return answer

    return decorate


def count_request(what: str, person: str) -> int:
    """Return how many requests of person there were in this minute, this one included.

    In the fast cache: a write to the database for each letter typed would cost more than it
    saves. While Redis is away nothing is counted, and the site goes on.
    """
    key = f"rate:{what}:{person}:{int(time.time() // WINDOW_SECONDS)}"
    counts = caches["fast"]
    try:
        counts.add(key, 0, timeout=2 * WINDOW_SECONDS)
        return counts.incr(key)
    except Exception:
        # Each cache has errors of its own kind, and none of them may keep people from working:
        # this request counts as none.
        logger.warning("Requests could not be counted", exc_info=True)
        return 0


def _too_many() -> HttpResponse:
    page = render_to_string("429.html")
    return HttpResponse(page, status=429, headers={"Retry-After": str(seconds_left())})


def seconds_left() -> int:
    """Until counting starts again, 1 to 60."""
    return WINDOW_SECONDS - int(time.time()) % WINDOW_SECONDS
