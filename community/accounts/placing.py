"""Who works where from when: jobs begun, and corrected where another system tells them again."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from community.accounts.access import require_manage
from community.accounts.headlines import refresh_headline
from community.accounts.models import Job, OrgUnit, User
from community.accounts.queries import locked
from community.events import JOB_ASSIGNED
from community.outbox.recording import action, record
from community.text.lengths import length_error
from community.text.names import clean_name

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
def assign_job(
    person: User,
    unit: OrgUnit,
    *,
    by: User | None,
    title: str,
    from_on: date,
    manager: User | None = None,
) -> Job:
    """Give person a place from a day on; an open-ended earlier one ends the day before.

    Raises what place_person raises, and ValidationError for a day that lies in an earlier job.
    """
    require_manage(by)
    person = locked(person)
    later = person.jobs.filter(Q(from_on__gte=from_on) | Q(until_on__gte=from_on))
    if later.exists():
        raise ValidationError({"from_on": _("Another job of this person reaches beyond that day.")})
    return _place(person, Place(unit, title, from_on, manager=manager), by)


@action
def place_person(person: User, place: Place, *, by: User | None) -> Job:
    """Give person a job, or correct the one that begins on the same day.

    One that runs on that day ends the day before; an open-ended one ends before the next begins.
    Raises PermissionDenied unless by manages people, ValidationError for title, manager and until.
    """
    require_manage(by)
    return _place(locked(person), place, by)


def _place(person: User, place: Place, by: User | None) -> Job:
    title = _checked_title(place.title)
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


def _checked_title(title: str) -> str:
    """Return title as it is stored. Raises ValidationError for the field title."""
    title = clean_name(title)
    wrong = length_error(title, 120) if title else _("Give the job a title.")
    if wrong:
        raise ValidationError({"title": wrong})
    return title
