"""What a token may be used for."""

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from community.tokens.models import ApiToken

# DRF imports this module while it imports its own views.
if TYPE_CHECKING:
    from rest_framework.views import APIView

    from community.http.api.views import ApiView


class MayUse(BasePermission):
    """Signed in, and within the scopes of the token; a session may do what its person may."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not request.user.is_authenticated:
            return False
        if not isinstance(request.auth, ApiToken):
            return True
        area, writing = cast("ApiView", view).area, request.method not in SAFE_METHODS
        if not area or request.auth.allows(area, writing=writing):
            return True
        scope = f"{area}:{'write' if writing else 'read'}"
        self.message = _("The token has no scope %(scope)s.") % {"scope": scope}
        return False
