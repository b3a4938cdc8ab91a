"""The base of every address of the API."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.http.api.errors import TooLarge
from community.http.api.etags import is_known, tag_of

if TYPE_CHECKING:
    from community.accounts.models import User


class ApiView(APIView):
    """One address; its methods are operations, see operations.py.

    area names the scopes that a token needs, one of config.areas; "" needs none of them.
    """

    area: ClassVar[str]

    @property
    def person(self) -> "User":
        """Who asks; permissions have turned everybody else away."""
        return cast("User", self.request.user)

    @property
    def max_body_bytes(self) -> int:
        return int(settings.MAX_BODY_BYTES)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # initial() changes the language for this request; the thread goes on with its own.
        with translation.override(translation.get_language()):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        translation.activate(self.person.locale)
        if int(request.META.get("CONTENT_LENGTH") or 0) > self.max_body_bytes:
            limit = {"limit": f"{self.max_body_bytes:,}"}
            raise TooLarge(_("What you sent is too large: at most %(limit)s bytes.") % limit)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        final: HttpResponse = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(final, Response):
            final = _tagged(request, final.render())
        # Before the throttle has counted, nothing is known.
        if rate := getattr(request, "rate", None):
            for name, value in rate.headers().items():
                final.headers[name] = value
        return final


def _tagged(request: Request, response: HttpResponse) -> HttpResponse:
    """Give the answer its ETag; 304 where the program has it already."""
    if response.status_code == 204:
        return response
    tag = tag_of(response.content, getattr(response, "version", None))
    if request.method in {"GET", "HEAD"} and is_known(request, tag):
        response = HttpResponse(status=304)
        del response.headers["Content-Type"]
    response.headers["ETag"] = tag
    # Private, but a copy may be kept as long as it is asked for anew each time.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
