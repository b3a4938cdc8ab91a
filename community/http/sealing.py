"""Short data that goes through addresses and pages without telling what it holds.

Read as numbers, ids and positions would tell everybody how much happens where they can't look. The
same data gives the same text, so that addresses and ETags stay.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(data: bytes, purpose: str) -> str:
    """Return data as an opaque string of letters, digits, "-" and "_"; data isn't empty."""
    sealed = _cipher(settings.SECRET_KEY, purpose).encrypt(data, None)
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def unseal(token: str, purpose: str) -> bytes:
    """Raises ValueError for what seal() didn't make for purpose."""
    try:
        sealed = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        return _cipher(settings.SECRET_KEY, purpose).decrypt(sealed, None)
    except (InvalidTag, ValueError) as error:
        raise ValueError(f"This is no {purpose} of this site.") from error


@lru_cache(maxsize=8)
def _cipher(secret: str, purpose: str) -> AESSIV:
    return AESSIV(salted_hmac(__name__, purpose, secret, algorithm="sha256").digest())
