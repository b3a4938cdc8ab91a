"""Rules for passwords that Django doesn't bring."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_LENGTH = 256


class MaximumLengthValidator:
    """Hashing time grows with length; NIST 800-63B asks for at least 64 to be allowed."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > MAX_LENGTH:
            raise ValidationError(
                _("A password has at most %(limit)s characters.") % {"limit": MAX_LENGTH},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return _("At most %(limit)s characters.") % {"limit": MAX_LENGTH}
