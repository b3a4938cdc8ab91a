"""Who may see grants."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.roles.models import Capability, Grant


def require_grant(by: User | None) -> None:
    """by is None where the system itself grants."""
    if by is not None and not by.has_perm(Capability.ROLES):
        raise PermissionDenied(_("Only people who grant capabilities do this."))


def get_person_grant(handle: str, capability: str, *, viewer: User) -> Grant:
    """Raises Grant.DoesNotExist, PermissionDenied unless viewer grants capabilities."""
    require_grant(viewer)
    grants = Grant.objects.select_related("person", "org_unit").filter(scope=None)
    return grants.get(person__handle=handle, capability=capability)


def get_unit_grant(public_id: str, capability: str, *, viewer: User) -> Grant:
    """Raises Grant.DoesNotExist, PermissionDenied unless viewer grants capabilities."""
    require_grant(viewer)
    grants = Grant.objects.select_related("person", "org_unit").filter(scope=None)
    return grants.get(org_unit__public_id=public_id, capability=capability)
