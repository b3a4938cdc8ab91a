from datetime import UTC, date, datetime

import time_machine
from django.utils import timezone

from community.accounts.actions import Profile, add_colleague
from community.accounts.headlines import refresh_headlines
from community.accounts.models import User
from community.accounts.placing import assign_job
from tests.factories.community import make_unit


def test_new_colleague_works_in_the_unit_at_once_wherever_the_admin_sits(admin: User) -> None:
    evening = datetime(2026, 11, 24, 20, tzinfo=UTC)
    with time_machine.travel(evening), timezone.override("Pacific/Auckland"):
        person = add_colleague(
            Profile(name="Ida"), by=admin, email="ida@example.com", unit=make_unit(), title="Lead"
        )
        current = list(person.jobs.current())

    assert [job.title for job in current] == ["Lead"]
    assert person.headline == "Lead"


def test_headline_follows_jobs_that_begin_or_end_later(ada: User) -> None:
    with time_machine.travel(datetime(2026, 5, 1, tzinfo=UTC)):
        assign_job(ada, make_unit(), by=None, title="Engineer", from_on=date(2026, 1, 1))
        assign_job(ada, make_unit(), by=None, title="Lead", from_on=date(2026, 6, 1))
    seen = []
    for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 20)):
        with time_machine.travel(datetime(day.year, day.month, day.day, tzinfo=UTC)):
            written = refresh_headlines()
            ada.refresh_from_db()
            seen.append((written, ada.headline))

    assert seen == [(0, "Engineer"), (1, "Lead"), (0, "Lead")]
