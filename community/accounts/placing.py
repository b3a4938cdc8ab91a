"""Jobs as another system tells them: begun, or corrected where one begins on that day already."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from community.accounts.access import require_manage
from community.accounts.actions import checked_job_title, refresh_headline
from community.accounts.models import Job, OrgUnit, User
from community.accounts.queries import locked
from community.events import JOB_ASSIGNED
from community.outbox.recording import action, record

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A job from a day until a day, both included; without a last day until another begins."""

    unit: OrgUnit
    title: str
    from_on: date
    until_on: date | None = None
    manager: User | None = None


@action
def place_person(person: User, place: Place, *, by: User | None) -> Job:
    """Give person a job, or correct the one that begins on the same day.

    One that runs on that day ends the day before; an open-ended one ends before the next begins.
    Raises PermissionDenied unless by manages people, ValidationError for title, manager and until.
    """
    require_manage(by)
    person = locked(person)
    title = checked_job_title(place.title)
    if place.manager is not None and place.manager.pk == person.pk:
        raise ValidationError({"manager": _("Nobody is their own manager.")})
    until_on = _last_day(person, place)
    _end_before(person, place.from_on)
    job, _created = Job.objects.update_or_create(
        person=person,
        from_on=place.from_on,
        defaults={
            "org_unit": place.unit,
            "title": title,
            "manager": place.manager,
            "until_on": until_on,
        },
    )
    refresh_headline(person)
    person.save(update_fields=["headline"])
    record(JOB_ASSIGNED, actor=by, obj=job, subject=person)
    return job


def _last_day(person: User, place: Place) -> date | None:
    if place.until_on is not None and place.until_on < place.from_on:
        raise ValidationError({"until": _("The last day lies before the first.")})
    following = person.jobs.filter(from_on__gt=place.from_on).order_by("from_on").first()
    if following is None:
        return place.until_on
    if place.until_on is not None and place.until_on >= following.from_on:
        begins = _("Another job begins on %(day)s.") % {"day": following.from_on}
        raise ValidationError({"until": begins})
    return place.until_on or following.from_on - ONE_DAY


def _end_before(person: User, day: date) -> None:
    running = person.jobs.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lt=day)
    running.update(until_on=day - ONE_DAY)
