"""Who makes somebody a guest, and a colleague again."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.access import require_manage
from community.accounts.models import User


def require_make_guest(person: User, by: User) -> None:
    require_manage(by)
    if person.pk == by.pk:
        raise PermissionDenied(_("Nobody makes a guest of themselves. Ask a colleague."))
