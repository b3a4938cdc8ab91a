"""Granting and taking back."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from community.accounts.actions import Profile, create_person
from community.accounts.models import OrgUnit, User
from community.accounts.passwords import require_good_password
from community.events import CAPABILITY_GRANTED, CAPABILITY_WITHDRAWN
from community.outbox.recording import action, record
from community.roles.access import require_grant
from community.roles.models import PERSONAL, Capability, Grant
from community.roles.queries import site_is_new

# A number that no other lock of this application has.
FIRST_ADMIN_LOCK = 1


@action
def grant_capability(person: User, capability: Capability, *, by: User | None) -> Grant:
    """Let person do what capability names, on the whole site. by is None where the system grants.

    Raises PermissionDenied unless by grants capabilities, ValidationError for a guest.
    """
    require_grant(by)
    if person.is_guest:
        said = _("%(name)s is a guest. Guests hold no rights.")
        raise ValidationError({"handle": said % {"name": person.name}})
    grant, created = Grant.objects.get_or_create(
        person=person, capability=capability, org_unit=None, scope=None, defaults={"by": by}
    )
    if created:
        record(CAPABILITY_GRANTED, actor=by, obj=grant, subject=person, capability=str(capability))
    return grant


@action
def grant_capability_to_unit(unit: OrgUnit, capability: Capability, *, by: User) -> Grant:
    """Let everybody who works in unit, or below it, do what capability names.

    Raises PermissionDenied, and ValidationError for capability where it must stay personal: who
    manages people decides who works in a unit, and would so give these to anybody.
    """
    require_grant(by)
    if capability in PERSONAL:
        raise ValidationError({"capability": _("This right is given to people, not to units.")})
    grant, created = Grant.objects.get_or_create(
        person=None, org_unit=unit, capability=capability, scope=None, defaults={"by": by}
    )
    if created:
        record(CAPABILITY_GRANTED, actor=by, obj=grant, capability=str(capability))
    return grant


@action
def withdraw_capability(grant: Grant, *, by: User) -> None:
    """Take a grant back.

    Raises PermissionDenied unless by grants capabilities, DoesNotExist where it is gone,
    ValidationError where nobody who can sign in would grant capabilities any more.
    """
    require_grant(by)
    alike = _lock_grants(grant.capability)
    held = alike.pop(grant.pk, None)
    if held is None:
        raise Grant.DoesNotExist
    if held.capability == Capability.ROLES:
        _require_admin(alike.values())
    record(
        CAPABILITY_WITHDRAWN, actor=by, obj=held, subject=held.person, capability=held.capability
    )
    held.delete()


@action
def withdraw_all_capabilities(person: User, *, by: User) -> None:
    """Take every grant of somebody who leaves; the caller has checked that by may.

    Raises ValidationError where nobody who can sign in would grant capabilities any more.
    """
    admins = _lock_grants(Capability.ROLES).values()
    if any(grant.person_id == person.pk for grant in admins):
        _require_admin(grant for grant in admins if grant.person_id != person.pk)
    for grant in Grant.objects.filter(person=person).order_by("id"):
        record(
            CAPABILITY_WITHDRAWN, actor=by, obj=grant, subject=person, capability=grant.capability
        )
        grant.delete()


@action
def make_first_admin(name: str, *, email: str, password: str) -> User:
    """Add an admin to a site where nobody grants capabilities yet; PermissionDenied otherwise.

    Raises what make_admin raises.
    """
    _wait_for_others()
    if not site_is_new():
        raise PermissionDenied(_("This site has its admins already."))
    return make_admin(name, email=email, password=password)


def _wait_for_others() -> None:
    """There is no row to lock yet; on SQLite nobody else writes meanwhile anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_ADMIN_LOCK])


@action
def make_admin(name: str, *, email: str, password: str) -> User:
    """Add somebody with every capability, for whoever runs the server.

    Raises ValidationError for name, email and password.
    """
    require_good_password(password, User(name=name, email=email))
    admin = create_person(Profile(name=name), by=None, email=email, password=password)
    grants = [Grant(person=admin, capability=capability) for capability in Capability]
    for grant in Grant.objects.bulk_create(grants):
        record(
            CAPABILITY_GRANTED, actor=None, obj=grant, subject=admin, capability=grant.capability
        )
    return admin


def _lock_grants(capability: str) -> dict[int, Grant]:
    """In the order of their ids, so that two who take back at once can't wait for each other."""
    grants = Grant.objects.select_for_update(of=("self",)).select_related("person")
    return {grant.pk: grant for grant in grants.filter(capability=capability).order_by("id")}


def _require_admin(grants: Iterable[Grant]) -> None:
    if not any(grant.person and grant.person.is_active for grant in grants):
        raise ValidationError(
            _("Somebody has to grant capabilities. Give this one to somebody else first.")
        )
