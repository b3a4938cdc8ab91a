"""Who is in an audience, and the lists of audiences and default spaces."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from community.accounts.models import Job, OrgUnit, User
from community.audiences.models import Audience, DefaultSpace
from community.spaces.models import Space


def members_of(audience: Audience) -> QuerySet[User]:
    """Return the active people of an audience as of today: those named, and those of its units.

    A unit means every colleague who works in it or below it; a guest is named or left out.
    """
    paths = list(audience.units.values_list("path", flat=True))
    chosen = Q(pk__in=audience.people.values("pk"))
    if paths:
        inside = Q()
        for path in paths:
            inside |= Q(org_unit__path__startswith=path)
        jobs = Job.objects.current().filter(inside, person__is_guest=False)
        chosen |= Q(pk__in=jobs.values("person_id"))
    people: QuerySet[User] = User.objects.active().filter(chosen)
    return people


def named_in(audience: Audience) -> QuerySet[User]:
    """Those who belong to it by name, also where they are switched off, by handle."""
    return audience.people.order_by("handle")


def units_of(audience: Audience) -> QuerySet[OrgUnit]:
    return audience.units.order_by("name", "id")


def audiences(search: str = "") -> QuerySet[Audience]:
    """All audiences; search takes parts of the name."""
    found = Audience.objects.all()
    for word in search.split()[:5]:
        found = found.filter(name__icontains=word)
    return found


def default_spaces(viewer: User) -> QuerySet[DefaultSpace]:
    """Those of spaces that viewer may know of."""
    listed = Space.objects.listed_for(viewer)
    return DefaultSpace.objects.filter(space__in=listed).select_related("unit", "space", "by")


def default_spaces_of(units: Iterable[OrgUnit]) -> QuerySet[DefaultSpace]:
    """What new people of these units join: also what is set for the units above."""
    ids = {int(pk) for unit in units for pk in unit.path.strip("/").split("/")}
    found = DefaultSpace.objects.filter(unit_id__in=ids).select_related("space", "by")
    return found.order_by("id")
