"""Reads on people."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from community.accounts.models import Job, User


def find_people(viewer: User, *, search: str = "") -> QuerySet[User]:
    """Active colleagues; each word of search must stand in the name, the handle or the job."""
    found = User.objects.visible_to(viewer).active()
    for word in search.split()[:5]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(handle__startswith=word.lower())
            | Q(headline__icontains=word)
        )
    return found


def people_by_id(ids: Iterable[int]) -> dict[int, User]:
    """Return the people for ids; one query."""
    return User.objects.in_bulk(set(ids))


def current_job(person: User) -> Job | None:
    jobs = person.jobs.current().select_related("org_unit", "manager")
    return jobs.order_by("-from_on").first()


def reports_of(person: User) -> QuerySet[User]:
    """Who reports to person today, by name."""
    jobs = Job.objects.current().filter(manager=person)
    return User.objects.active().filter(pk__in=jobs.values("person_id")).order_by("name", "id")
