"""From colleague to guest and back.

A guest keeps their place in every space as a plain member and loses all that only colleagues have:
sight of the open spaces and of the people beyond their own, rights, and what they look after.
It holds with the next request, since each one reads the row of the person.
"""

from community.accounts.access import require_manage
from community.accounts.models import User
from community.accounts.queries import locked
from community.events import PERSON_MADE_COLLEAGUE, PERSON_MADE_GUEST
from community.guests.access import require_make_guest
from community.outbox.recording import action, record
from community.roles.actions import withdraw_all_capabilities
from community.spaces.leaving import give_up_duties


@action
def make_guest(person: User, *, by: User) -> None:
    """Make somebody who has an account a guest; nothing happens where they are one.

    Raises PermissionDenied unless by manages people and is somebody else, ValidationError where
    nobody would grant capabilities any more.
    """
    require_make_guest(person, by)
    give_up_duties(person, by=by)
    person = locked(person)
    if person.is_guest:
        return
    withdraw_all_capabilities(person, by=by)
    person.is_guest = True
    person.save(update_fields=["is_guest"])
    record(PERSON_MADE_GUEST, actor=by, obj=person, subject=person, handle=person.handle)


@action
def make_colleague(person: User, *, by: User) -> None:
    """Let a guest see what all colleagues see; rights and duties are given anew.

    Raises PermissionDenied unless by manages people.
    """
    require_manage(by)
    person = locked(person)
    if not person.is_guest:
        return
    person.is_guest = False
    person.save(update_fields=["is_guest"])
    record(PERSON_MADE_COLLEAGUE, actor=by, obj=person, subject=person)
