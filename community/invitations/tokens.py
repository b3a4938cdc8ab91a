"""The secret in the address of an invitation.

It follows from the site's key and the invitation's id, so that a letter that is sent again holds
the same address; the database holds only its hash, by which it is found.
"""

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from community.invitations.models import Offer


def token_of(offer: "Offer") -> str:
    """64 hexadecimal digits."""
    return salted_hmac(offer._meta.label_lower, offer.public_id, algorithm="sha256").hexdigest()


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def url_of(offer: "Offer") -> str:
    """Return the whole address; "" where the site's key has changed, so that nobody knows it."""
    token = token_of(offer)
    if not constant_time_compare(hashed(token), offer.token_hash):
        return ""
    return f"{settings.SITE_URL.rstrip('/')}/join/{token}"
