"""Which capabilities somebody holds."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from community.accounts.models import User
from community.roles.models import PERSONAL, Capability, Grant


def held_capabilities(person: User) -> frozenset[str]:
    """Return the site-wide capabilities of person; one query, two where units hold any.

    Granted to the person or, unless it must stay personal, to a unit where they work today or one
    above it. Units hold few, so they are all read: a join with dated jobs costs ten times more.
    """
    grants = Grant.objects.filter(Q(person=person) | Q(person=None), scope=None)
    rows: list[tuple[str, str | None]] = list(grants.values_list("capability", "org_unit__path"))
    own = {capability for capability, path in rows if path is None}
    of_units = [(name, path) for name, path in rows if path and name not in PERSONAL]
    if of_units:
        places = tuple(person.jobs.current().values_list("org_unit__path", flat=True))
        own |= {name for name, path in of_units if any(here.startswith(path) for here in places)}
    return frozenset(own)


def site_is_new() -> bool:
    """Tell whether nobody grants capabilities yet, so that a first admin may be made."""
    return not Grant.objects.filter(capability=Capability.ROLES).exists()


def site_grants() -> QuerySet[Grant]:
    """All grants over the whole site with whom they are for and who gave them.

    holder is the name of the person or the unit.
    """
    found = Grant.objects.filter(scope=None).select_related("person", "org_unit", "by")
    return found.annotate(holder=Coalesce("person__name", "org_unit__name"))
