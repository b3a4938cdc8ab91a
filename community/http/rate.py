"""How often one person may do one thing."""

import logging
import math
import time
from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from community.http.requests import member

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

logger = logging.getLogger(__name__)


class Breaker:
    """Remembers that a service failed, so that not every request waits for it again."""

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._open_until = -math.inf

    @property
    def is_open(self) -> bool:
        return self._clock() < self._open_until

    def open(self) -> None:
        self._open_until = self._clock() + self._seconds


breaker = Breaker(seconds=10)
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
    saves. While Redis is away each process counts for itself.
    """
    key = f"rate:{what}:{person}:{int(time.time() // WINDOW_SECONDS)}"
    if not breaker.is_open:
        try:
            return _count(caches["fast"], key)
        except Exception:
            # Each cache has errors of its own kind, and none of them may keep people from working.
            breaker.open()
            logger.warning("Requests are counted in each process", exc_info=True)
    return _count(caches["process"], key)


def _count(counts: BaseCache, key: str) -> int:
    counts.add(key, 0, timeout=2 * WINDOW_SECONDS)
    return counts.incr(key)


def _too_many() -> HttpResponse:
    page = render_to_string("429.html")
    return HttpResponse(page, status=429, headers={"Retry-After": str(seconds_left())})


def seconds_left() -> int:
    """Until counting starts again, 1 to 60."""
    return WINDOW_SECONDS - int(time.time()) % WINDOW_SECONDS
