"""Granting and taking back."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from community.accounts.actions import Profile, create_person
from community.accounts.models import OrgUnit, User
from community.events import CAPABILITY_GRANTED, CAPABILITY_WITHDRAWN
from community.outbox.recording import action, record
from community.roles.access import require_grant
from community.roles.models import Capability, Grant
from community.roles.queries import site_is_new


@action
def grant_capability(person: User, capability: Capability, *, by: User | None) -> Grant:
    """Let person do what capability names, on the whole site. by is None where the system grants.

    Raises PermissionDenied unless by grants capabilities.
    """
    require_grant(by)
    grant, created = Grant.objects.get_or_create(
        person=person, capability=capability, org_unit=None, scope=None, defaults={"by": by}
    )
    if created:
        record(CAPABILITY_GRANTED, actor=by, obj=grant, subject=person, capability=str(capability))
    return grant


@action
def grant_capability_to_unit(unit: OrgUnit, capability: Capability, *, by: User) -> Grant:
    """Let everybody who works in unit, or below it, do what capability names."""
    require_grant(by)
    grant, created = Grant.objects.get_or_create(
        person=None, org_unit=unit, capability=capability, scope=None, defaults={"by": by}
    )
    if created:
        record(CAPABILITY_GRANTED, actor=by, obj=grant, capability=str(capability))
    return grant


@action
def withdraw_capability(grant: Grant, *, by: User) -> None:
    """Take a grant back.

    Raises PermissionDenied unless by grants capabilities, ValidationError where nobody who can
    sign in would grant capabilities any more.
    """
    require_grant(by)
    if grant.capability == Capability.ROLES:
        _require_other_admin(grant)
    record(
        CAPABILITY_WITHDRAWN, actor=by, obj=grant, subject=grant.person, capability=grant.capability
    )
    grant.delete()


@action
def make_first_admin(name: str, *, email: str, password: str) -> User:
    """Add an admin to a site where nobody grants capabilities yet; PermissionDenied otherwise.

    Raises what make_admin raises.
    """
    if not site_is_new():
        raise PermissionDenied(_("This site has its admins already."))
    return make_admin(name, email=email, password=password)


@action
def make_admin(name: str, *, email: str, password: str) -> User:
    """Add somebody with every capability, for whoever runs the server.

    Raises ValidationError for name, email and password.
    """
    try:
        validate_password(password, User(name=name, email=email))
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    admin = create_person(Profile(name=name), by=None, email=email, password=password)
    grants = [Grant(person=admin, capability=capability) for capability in Capability]
    for grant in Grant.objects.bulk_create(grants):
        record(
            CAPABILITY_GRANTED, actor=None, obj=grant, subject=admin, capability=grant.capability
        )
    return admin


def _require_other_admin(grant: Grant) -> None:
    """Personal grants alone count: who works in a unit changes without anybody looking here."""
    others = Grant.objects.select_for_update(of=("self",)).filter(
        capability=Capability.ROLES, scope=None, person__is_active=True
    )
    if not [other for other in others if other.pk != grant.pk]:
        raise ValidationError(
            _("Somebody has to grant capabilities. Give this one to somebody else first.")
        )
