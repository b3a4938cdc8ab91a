"""What Brightwater asks of its people beside what every profile has."""

from datetime import date, timedelta

from django.utils import timezone

from community.accounts.models import User
from community.fields.actions import Answer, Definition, answer_fields, define_field
from community.fields.models import FieldKind, SeenBy

SHIFTS = ["Office hours", "Early shift", "Late shift", "Night shift"]
# Handle to shift, weeks that a first-aid course still holds (0: none), and the buddy.
SAID = {
    "hanna": (0, 30, "lena"),
    "priya": (0, 0, "hanna"),
    "lena": (1, 52, ""),
    "marek": (3, 9, "priya"),
    "akua": (0, 0, "lena"),
    "yann": (0, 75, ""),
}


def ask_for_more(people: dict[str, User], *, by: User) -> None:
    shift = Definition("Shift", FieldKind.CHOICE, "In most weeks.", SHIFTS)
    aid = Definition("First aid until", FieldKind.DATE, "The day your course runs out.")
    buddy = Definition("Buddy", FieldKind.PERSON, "Who showed you round.", (), SeenBy.COLLEAGUES)
    asked = [define_field(one, by=by) for one in (shift, aid, buddy)]
    for handle, (turn, weeks, friend) in SAID.items():
        answers: list[Answer] = [SHIFTS[turn], _day(weeks), people.get(friend)]
        said = dict(zip((field.public_id for field in asked), answers, strict=True))
        answer_fields(people[handle], said, by=people[handle])


def _day(weeks: int) -> date | None:
    return timezone.now().date() + timedelta(weeks=weeks) if weeks else None
