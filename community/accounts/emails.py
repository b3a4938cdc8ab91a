"""Addresses that people sign in with."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.text.lengths import length_error

LONGEST = 254


def well_formed_email(email: str) -> str:
    """Return email as it is stored. Raises ValidationError for email."""
    email = email.strip().lower()
    if too_long := length_error(email, LONGEST):
        raise ValidationError({"email": too_long})
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError({"email": _("Enter an address such as ada@example.com.")}) from error
    return email


def free_email(email: str) -> str:
    """Return email as it is stored. Raises ValidationError for email unless nobody has it."""
    email = well_formed_email(email)
    require_free([email])
    return email


def require_free(emails: Iterable[str]) -> None:
    """Raises ValidationError for email if somebody has one of these, as they are stored."""
    if User.objects.filter(email__in=emails).exists():
        raise ValidationError({"email": _("Somebody has this address already.")})
