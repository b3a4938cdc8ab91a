from datetime import date

import pytest
from django.db import IntegrityError, transaction

from community.accounts.models import Job, User
from tests.factories.community import make_job, make_person, make_unit


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada", "A"),
        ("Ada King", "AK"),
        ("Ada B. King", "AK"),
        ("(ada) king", "K"),
        ("ß x", "SSX"),
        ("—", "?"),
    ],
)
def test_initials_are_of_the_first_and_last_word(name: str, initials: str) -> None:
    assert User(name=name).initials == initials


def test_hue_is_one_of_twelve() -> None:
    assert {User(pk=number).hue for number in range(1, 30)} == set(range(1, 13))


def test_mail_is_unique_whatever_its_case(ada: User, ben: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ben.pk).update(email="ADA@example.com")


def test_inactive_viewer_sees_nobody(ada: User) -> None:
    gone = make_person("Gone")
    gone.is_active = False

    assert list(User.objects.visible_to(ada)) != []
    assert list(User.objects.visible_to(gone)) == []


def test_jobs_on_a_day_include_both_ends(ada: User) -> None:
    unit = make_unit()
    make_job(ada, unit, title="First", from_on=date(2025, 1, 1))
    make_job(ada, unit, title="Second", from_on=date(2025, 7, 1))

    held = {
        day: [job.title for job in Job.objects.on(day)]
        for day in (
            date(2024, 12, 31),
            date(2025, 1, 1),
            date(2025, 6, 30),
            date(2025, 7, 1),
        )
    }

    assert list(held.values()) == [[], ["First"], ["First"], ["Second"]]
