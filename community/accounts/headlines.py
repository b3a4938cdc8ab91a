"""Headlines say what people do and where: written with each job, and when a day changes one."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from community.accounts.models import Job, User
from community.accounts.times import today
from community.jobs.actions import enqueue
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.outbox.recording import action

LOOKED_BACK = timedelta(days=31)


def refresh_headline(person: User) -> None:
    """Set "title, city" from the job of today, unsaved."""
    job = person.jobs.current().order_by("-from_on").first()
    parts = (job.title if job else "", person.city)
    person.headline = ", ".join(part for part in parts if part)[:200]


def start_refreshing() -> None:
    """Let the worker do it: on the first of a month many change."""
    enqueue(refresh_all, label=_("Headlines of people whose job began or ended"))


@job()
def refresh_all(context: JobContext) -> None:
    refresh_headlines()


def refresh_headlines() -> int:
    """Write the headlines that a day of the last 31 has made wrong; return how many."""
    day, since = today(), today() - LOOKED_BACK
    began = Q(from_on__gte=since, from_on__lte=day)
    ended = Q(until_on__gte=since, until_on__lt=day)
    people = User.objects.filter(pk__in=Job.objects.filter(began | ended).values("person_id"))
    return sum(_write(person.pk) for person in people.order_by("id") if _is_wrong(person))


def _is_wrong(person: User) -> bool:
    before = person.headline
    refresh_headline(person)
    return person.headline != before


@action
def _write(person_id: int) -> bool:
    person = User.objects.select_for_update().get(pk=person_id)
    refresh_headline(person)
    person.save(update_fields=["headline"])
    return True
