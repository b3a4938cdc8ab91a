"""Who switches accounts off and on."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.access import require_manage
from community.accounts.models import User


def require_depart(person: User, by: User) -> None:
    require_manage(by)
    if person.pk == by.pk:
        raise PermissionDenied(_("Nobody switches their own account off. Ask a colleague."))
