"""Secrets of apps and recovery codes are stored encrypted: a copy of the database opens nothing."""

import logging
from base64 import urlsafe_b64encode

from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


def encrypt(text: str) -> str:
    return _cipher().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Return what was encrypted; where the key is another one, a secret that fits no code.

    So a lost SECRET_KEY costs people their two-step sign-in, which an admin resets; it neither
    breaks the page nor lets anybody in.
    """
    try:
        return _cipher().decrypt(text.encode()).decode()
    except InvalidToken:
        logger.warning("A two-step secret was encrypted with another SECRET_KEY")
        made_up: str = generate_totp_secret()
        return made_up


def _cipher() -> MultiFernet:
    return MultiFernet(
        [Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str | bytes) -> bytes:
    mac = salted_hmac("community.two_step", "secrets", secret=secret, algorithm="sha256")
    return urlsafe_b64encode(mac.digest())
