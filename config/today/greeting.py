"""What Today says first."""

from datetime import datetime

from django.utils.translation import gettext as _

from community.accounts.models import User


def greeting(person: User, at: datetime) -> str:
    """Return a greeting by the hour of at, which is the person's local time."""
    first = person.name.split()[0]
    if 5 <= at.hour < 12:
        return _("Good morning, %(name)s") % {"name": first}
    if 12 <= at.hour < 18:
        return _("Good afternoon, %(name)s") % {"name": first}
    return _("Good evening, %(name)s") % {"name": first}
