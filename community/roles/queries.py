"""Which capabilities somebody holds."""

from django.db.models import Q

from community.accounts.models import User
from community.roles.models import Grant


def held_capabilities(person: User) -> frozenset[str]:
    """Return the site-wide capabilities of person, granted directly or through a current unit; one query."""
    units = person.jobs.current().values("org_unit_id")
    ancestors = (
        Q(org_unit__in=units)
        | Q(org_unit__children__in=units)
        | Q(org_unit__children__children__in=units)
    )
    grants = Grant.objects.filter(Q(person=person) | ancestors, scope=None)
    return frozenset(grants.values_list("capability", flat=True))
