"""Rules for passwords that Django doesn't bring."""

from itertools import pairwise
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from community.accounts.models import User

MAX_LENGTH = 256
FEWEST_CHARACTERS = 5


def require_good_password(password: str, person: "User") -> None:
    """Raise ValidationError for password unless the site's rules allow it for person."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


class PatternValidator:
    """Refuses what is long but guessed first: repeats of a word and runs such as 123456...

    Lists of common passwords hold few of 15 characters and more; people reach that length so.
    """

    def validate(self, password: str, user: object = None) -> None:
        text = password.lower()
        if len(set(text)) < FEWEST_CHARACTERS or _is_repeat(text) or _is_run(text):
            raise ValidationError(
                _("This repeats itself or runs in order. Four words nobody would combine do well."),
                code="password_is_a_pattern",
            )

    def get_help_text(self) -> str:
        return _("No repeats and no runs such as 12345.")


def _is_repeat(text: str) -> bool:
    """Whether text is a shorter piece over and over: it stands in its own double, shifted."""
    return text in (text + text)[1:-1]


def _is_run(text: str) -> bool:
    """Whether nine of ten neighbours follow each other, upwards or downwards."""
    steps = [ord(right) - ord(left) for left, right in pairwise(text)]
    return max(steps.count(1), steps.count(-1)) >= 0.9 * max(len(steps), 1)


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
