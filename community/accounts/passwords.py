"""Rules for passwords that Django doesn't bring."""

from itertools import pairwise
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from community.accounts.models import User

MAX_LENGTH = 256
FEWEST_CHARACTERS = 5
# What must stand beside runs.
FEWEST_BESIDE = 8
LONG_RUN = 4
ROWS = ("1234567890", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "azerty")


def require_good_password(password: str, person: "User") -> None:
    """Raise ValidationError for password unless the site's rules allow it for person."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


class PatternValidator:
    """Refuses what is long but guessed first: repeats of a word and runs such as 123456...

    Lists of common passwords hold few of 15 characters and more; people reach that length so, also
    by a run behind a common one.
    """

    def __init__(self) -> None:
        self._common = CommonPasswordValidator().passwords

    def validate(self, password: str, user: object = None) -> None:
        text = password.lower()
        beside = _without_runs(text)
        is_padded = beside != text and (len(beside) < FEWEST_BESIDE or beside in self._common)
        if len(set(text)) < FEWEST_CHARACTERS or _is_repeat(text) or is_padded:
            raise ValidationError(
                _("This repeats itself or runs in order. Four words nobody would combine do well."),
                code="password_is_a_pattern",
            )

    def get_help_text(self) -> str:
        return _("No repeats and no runs such as 12345.")


def _is_repeat(text: str) -> bool:
    """Whether text is a shorter piece over and over: it stands in its own double, shifted."""
    return text in (text + text)[1:-1]


def _without_runs(text: str) -> str:
    """text without pieces of LONG_RUN characters and more that follow each other."""
    runs = [text[:1]]
    for before, after in pairwise(text):
        if _follow(before, after):
            runs[-1] += after
        else:
            runs.append(after)
    return "".join(run for run in runs if len(run) < LONG_RUN)


def _follow(before: str, after: str) -> bool:
    """In the alphabet or on a keyboard, upwards or downwards."""
    pair, is_next = before + after, abs(ord(after) - ord(before)) == 1
    return is_next or any(pair in row or pair[::-1] in row for row in ROWS)


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
