"""Profile fields for tests, defined by the product's own actions."""

from datetime import date
from typing import Any

from community.accounts.models import User
from community.fields.actions import Answer, Definition, answer_fields, archive_field, define_field
from community.fields.models import Field, FieldKind, SeenBy


def make_field(name: str, *, by: User, seen_by: str = SeenBy.COLLEAGUES, **asked: Any) -> Field:
    return define_field(Definition(name, seen_by=seen_by, **asked), by=by)


def ask_for_more(people: dict[str, User]) -> Field:
    """A field of each kind, answered by Ada, and one that is not asked for any more."""
    by, ada = people["root"], people["ada"]
    shift = make_field("Shift", by=by, kind=FieldKind.CHOICE, choices=["Early", "Late"])
    site = make_field("Site", by=by, hint="Where most of your days are.")
    day = make_field("First aid until", by=by, kind=FieldKind.DATE, seen_by=SeenBy.MANAGER)
    buddy = make_field("Buddy", by=by, kind=FieldKind.PERSON, seen_by=SeenBy.EVERYBODY)
    until = date(2027, 3, 1)
    said: dict[str, Answer] = {
        shift.public_id: "Late",
        site.public_id: "Gdynia",
        day.public_id: until,
        buddy.public_id: people["ben"],
    }
    answer_fields(ada, said, by=ada)
    archive_field(make_field("Fax", by=by), by=by)
    return shift
