"""Granting and taking back."""

from django.core.exceptions import PermissionDenied

from community.accounts.models import OrgUnit, User
from community.events import CAPABILITY_GRANTED, CAPABILITY_WITHDRAWN
from community.outbox.recording import action, record
from community.roles.models import Capability, Grant


@action
def grant_capability(person: User, capability: Capability, *, by: User | None) -> Grant:
    """Let person do what capability names, on the whole site. by is None where the system itself grants."""
    _require(by)
    grant, created = Grant.objects.get_or_create(
        person=person, capability=capability, org_unit=None, scope=None, defaults={"by": by}
    )
    if created:
        record(CAPABILITY_GRANTED, actor=by, obj=grant, subject=person, capability=str(capability))
    return grant


@action
def grant_capability_to_unit(unit: OrgUnit, capability: Capability, *, by: User) -> Grant:
    """Let everybody who works in unit, or below it, do what capability names."""
    _require(by)
    grant, created = Grant.objects.get_or_create(
        person=None, org_unit=unit, capability=capability, scope=None, defaults={"by": by}
    )
    if created:
        record(CAPABILITY_GRANTED, actor=by, obj=grant, capability=str(capability))
    return grant


@action
def withdraw_capability(grant: Grant, *, by: User) -> None:
    _require(by)
    record(
        CAPABILITY_WITHDRAWN, actor=by, obj=grant, subject=grant.person, capability=grant.capability
    )
    grant.delete()


def _require(by: User | None) -> None:
    if by is not None and not by.has_perm(Capability.ROLES):
        raise PermissionDenied("Only people with the right to grant capabilities can do this.")
