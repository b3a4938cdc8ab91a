"""How many requests a person's programs may send in a minute, told in every answer.

Headers as in draft-ietf-httpapi-ratelimit-headers-10.
"""

from typing import TYPE_CHECKING, NamedTuple, cast

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from community.http.rate import WINDOW_SECONDS, count_request, seconds_left

if TYPE_CHECKING:
    from rest_framework.views import APIView

    from community.accounts.models import User


class Rate(NamedTuple):
    policy: str
    limit: int
    left: int

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={WINDOW_SECONDS}',
            "RateLimit": f'"{self.policy}";r={max(0, self.left)};t={seconds_left()}',
        }


class PersonThrottle(BaseThrottle):
    """Reads and writes are counted apart, over all tokens and browsers of a person."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        policy, limit = _policy(request)
        used = count_request(f"api-{policy}", cast("User", request.user).public_id)
        request.rate = Rate(policy, limit, limit - used)  # type: ignore[attr-defined]  # for headers
        return used <= limit

    def wait(self) -> float:
        return seconds_left()


def _policy(request: Request) -> tuple[str, int]:
    if request.method in SAFE_METHODS:
        return "reads", settings.API_READS_PER_MINUTE
    return "writes", settings.API_WRITES_PER_MINUTE
