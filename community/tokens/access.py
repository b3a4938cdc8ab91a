"""Whose token it is."""

from hmac import compare_digest

from django.utils import timezone

from community.accounts.models import User
from community.tokens.models import ApiToken
from community.tokens.secrets import digest_of, public_id_of


def get_token(public_id: str, *, viewer: User) -> ApiToken:
    """Return one of viewer's own. Raises ApiToken.DoesNotExist."""
    return ApiToken.objects.visible_to(viewer).get(public_id=public_id)


def find_token(text: str) -> ApiToken | None:
    """Return the token with this text and, along with it, an active person; one query.

    None where it is wrong, revoked or expired, or its person is deactivated, alike.
    """
    valid = ApiToken.objects.filter(expires_at__gt=timezone.now(), person__is_active=True)
    token = valid.select_related("person").filter(public_id=public_id_of(text)).first()
    if token is None or not compare_digest(token.digest, digest_of(text)):
        return None
    return token
