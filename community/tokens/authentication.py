"""Who asks the API: the person of a token, or of a session of the site's own pages."""

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from community.accounts.models import User
from community.tokens.access import find_token
from community.tokens.last_use import token_uses
from community.tokens.models import ApiToken
from community.two_step.access import lacks_two_step


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer guildhall_…`; asked anew with each request."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = find_token(text.strip())
        if token is None:
            raise AuthenticationFailed(_("This token is wrong, revoked or expired."))
        if lacks_two_step(token.person):
            raise AuthenticationFailed(
                _("What you may do here asks for two-step sign-in. Set it up on the site first.")
            )
        token_uses.note(token.public_id)
        return token.person, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Guildhall"'
