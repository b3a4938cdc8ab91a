"""The way in for the first admin of a new site: an address that only its operator sees."""

from urllib.parse import urlencode

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from community.roles.queries import site_is_new


def setup_url() -> str:
    """Return the address where the first admin is made; "" once there is one."""
    if not site_is_new():
        return ""
    return f"{settings.SITE_URL.rstrip('/')}/welcome?{urlencode({'token': _token()})}"


def is_setup_token(text: str) -> bool:
    return constant_time_compare(text, _token())


def _token() -> str:
    """Follows from the secret key, so that every process knows it and nothing has to be kept."""
    return salted_hmac("community.roles.setup", "first admin", algorithm="sha256").hexdigest()[:32]
