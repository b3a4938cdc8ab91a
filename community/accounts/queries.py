"""Reads on people."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from community.accounts.handles import typed_handle
from community.accounts.models import Job, OrgUnit, PersonQuerySet, User


def find_people(
    viewer: User, *, search: str = "", unit: OrgUnit | None = None, left: bool = False
) -> QuerySet[User]:
    """Active colleagues, those of unit and the units below it where one is given.

    Each word of search must stand in the name, the handle or the job. left: those whose accounts
    are switched off instead; who came by an import alone has none.
    """
    known: PersonQuerySet = User.objects.visible_to(viewer)
    found: QuerySet[User] = known.left() if left else known.active()
    if unit is not None:
        jobs = Job.objects.current().filter(org_unit__path__startswith=unit.path)
        found = found.filter(pk__in=jobs.values("person_id"))
    for word in search.split()[:5]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(handle__startswith=word.lower())
            | Q(headline__icontains=word)
        )
    return found


def suggest_people(typed: str, *, viewer: User, limit: int = 8) -> list[User]:
    """Return colleagues whose handle begins with typed, then those whose name holds it."""
    typed = typed_handle(typed)[:100]
    if not typed:
        return []
    known = User.objects.visible_to(viewer).active().order_by("name", "id")
    found = list(known.filter(handle__startswith=typed)[:limit])
    if len(found) < limit:
        named = known.filter(name__icontains=typed).exclude(pk__in=[p.pk for p in found])
        found += named[: limit - len(found)]
    return found


def units_in_order() -> list[OrgUnit]:
    """Return all org units as the tree reads; one query."""
    units = {unit.pk: unit for unit in OrgUnit.objects.all()}

    def names(unit: OrgUnit) -> list[tuple[str, int]]:
        return [(units[int(pk)].name, int(pk)) for pk in unit.path.strip("/").split("/")]

    return sorted(units.values(), key=names)


class UnitIndex:
    """All org units by what people write for them: a name, or the path of names from the top."""

    def __init__(self, units: Iterable[OrgUnit]) -> None:
        self._named: dict[str, list[OrgUnit]] = {}
        self._at: dict[str, OrgUnit] = {}
        self._paths: dict[int, str] = {}
        known = {unit.pk: unit for unit in units}
        for unit in known.values():
            above = [known[int(pk)].name for pk in unit.path.strip("/").split("/")]
            self._paths[unit.pk] = " / ".join(above)
            self._at[unit_key(self._paths[unit.pk])] = unit
            self._named.setdefault(unit_key(unit.name), []).append(unit)

    def find(self, text: str) -> list[OrgUnit]:
        """Return the units that "Sales" or "Firm / Sales" may mean, whatever the case.

        Where that is a whole path from the top, it means nothing else.
        """
        exact = self._at.get(unit_key(text))
        return [exact] if exact else self._named.get(unit_key(text), [])

    def path_of(self, unit: OrgUnit) -> str:
        """Return the names from the top: "Firm / Sales"."""
        return self._paths[unit.pk]


def unit_key(text: str) -> str:
    """What two ways to write the name or path of a unit share."""
    return "/".join(" ".join(part.split()).casefold() for part in text.split("/"))


def unit_choices(units: Iterable[OrgUnit]) -> list[tuple[str, str]]:
    """Return public id and name of each, the name moved in by its place in the tree."""
    return [(unit.public_id, "\u2003" * unit.depth + unit.name) for unit in units]


def team_of(person: User, *, viewer: User, limit: int = 6) -> list[User]:
    """Return colleagues who work in person's unit today, by name; one query."""
    mine = person.jobs.current().values("org_unit_id")
    beside = Job.objects.current().filter(org_unit__in=mine).exclude(person=person)
    people = User.objects.visible_to(viewer).active()
    return list(people.filter(pk__in=beside.values("person_id")).order_by("name", "id")[:limit])


def people_by_id(ids: Iterable[int], *, viewer: User) -> dict[int, User]:
    """Return the people for ids; one query."""
    found: dict[int, User] = User.objects.visible_to(viewer).in_bulk(set(ids))
    return found


def people_by_handle(handles: Iterable[str], *, viewer: User) -> dict[str, User]:
    """Return the active people who have these handles today; one query."""
    found = User.objects.visible_to(viewer).active().filter(handle__in=set(handles))
    return {person.handle: person for person in found.order_by("handle")}


def current_job(person: User, *, viewer: User) -> Job | None:
    """Return the job of today, whose unit and manager no guest is told."""
    if viewer.is_guest:
        return None
    jobs = person.jobs.current().select_related("org_unit", "manager")
    return jobs.order_by("-from_on").first()


def reports_of(person: User, *, viewer: User) -> QuerySet[User]:
    """Who reports to person today, by name; a guest is told of nobody."""
    jobs = Job.objects.current().filter(manager=person)
    people: QuerySet[User] = User.objects.visible_to(viewer).active()
    if viewer.is_guest:
        people = people.none()
    return people.filter(pk__in=jobs.values("person_id")).order_by("name", "id")


def org_units(viewer: User) -> QuerySet[OrgUnit]:
    """The org units that viewer may know of, with what they are part of."""
    units: QuerySet[OrgUnit] = OrgUnit.objects.visible_to(viewer)
    return units.select_related("parent")


def mail_address(person_id: int | None) -> tuple[User, str] | None:
    """Return who a letter goes to, and where; None for whoever left or has no address."""
    found: User | None = User.objects.active().filter(pk=person_id).exclude(email=None).first()
    return (found, str(found.email)) if found else None


def locked(person: User) -> User:
    """Return the row as it is now, for an action that changes it after having checked who may."""
    found: User = User.objects.select_for_update().get(pk=person.pk)
    return found


def is_taken(email: str) -> bool:
    """For letters; no page tells it to anybody but those who manage people."""
    found: bool = User.objects.filter(email=email).exists()
    return found
