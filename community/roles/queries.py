"""Which capabilities somebody holds."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.accounts.models import User
from community.roles.models import PERSONAL, Capability, Grant


def held_capabilities(person: User) -> frozenset[str]:
    """Return the site-wide capabilities of person; one query.

    Granted to the person or, unless it must stay personal, to a unit where they work today or one
    above it.
    """
    below = person.jobs.current().filter(org_unit__path__startswith=OuterRef("org_unit__path"))
    by_unit = Exists(below) & ~Q(capability__in=PERSONAL)
    grants = Grant.objects.filter(Q(person=person) | by_unit, scope=None)
    return frozenset(grants.values_list("capability", flat=True))


def site_is_new() -> bool:
    """Tell whether nobody grants capabilities yet, so that a first admin may be made."""
    return not Grant.objects.filter(capability=Capability.ROLES).exists()


def grants_by_capability() -> QuerySet[Grant]:
    """All grants over the whole site with whom they are for and who gave them, in reading order."""
    found = Grant.objects.filter(scope=None).select_related("person", "org_unit", "by")
    return found.order_by("capability", "person__name", "org_unit__name", "id")
