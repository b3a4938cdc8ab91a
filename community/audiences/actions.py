"""Making and changing audiences, and what new people of a unit join."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from community.accounts.access import require_manage
from community.accounts.models import OrgUnit, User
from community.audiences.models import Audience, DefaultSpace
from community.audiences.queries import named_in, units_of
from community.audiences.tasks import invite_members
from community.events import (
    AUDIENCE_CREATED,
    AUDIENCE_DELETED,
    AUDIENCE_EDITED,
    AUDIENCE_INVITED,
    DEFAULT_SPACE_REMOVED,
    DEFAULT_SPACE_SET,
)
from community.http.conflicts import EditConflict
from community.http.idempotency import once
from community.jobs.actions import enqueue
from community.jobs.models import BackgroundJob
from community.outbox.recording import action, record, savepoint
from community.spaces.access import require_moderate_space, require_unarchived
from community.spaces.bringing_in import may_bring_in
from community.spaces.models import Space
from community.text.lengths import length_error
from community.text.names import clean_name

MAX_NAMED = 500


@dataclass(frozen=True)
class Members:
    """Who belongs to an audience, and what it is called."""

    name: str
    description: str = ""
    people: Sequence[User] = ()
    units: Sequence[OrgUnit] = ()


def members_as_set(audience: Audience) -> Members:
    """Return what an edit starts from; two queries."""
    return Members(
        audience.name, audience.description, [*named_in(audience)], [*units_of(audience)]
    )


@action
def create_audience(members: Members, *, by: User, key: str = "") -> Audience:
    """Make an audience; a repeat with the same key returns the first one.

    Raises PermissionDenied unless by manages people, ValidationError for the fields of Members.
    """
    require_manage(by)
    return once(key, Audience, lambda: _create(members, by), by=by)


def _create(members: Members, by: User) -> Audience:
    audience = Audience(created_by=by)
    _fill(audience, members)
    record(AUDIENCE_CREATED, actor=by, obj=audience)
    return audience


@action
def edit_audience(
    audience: Audience, members: Members, *, by: User, based_on: int | None = None
) -> Audience:
    """Change name and members. based_on is the version that the editor started from.

    Raises EditConflict, PermissionDenied, ValidationError for the fields of Members.
    """
    require_manage(by)
    current = Audience.objects.select_for_update().get(pk=audience.pk)
    if based_on not in (None, current.version):
        raise EditConflict(current)
    current.version += 1
    _fill(current, members)
    record(AUDIENCE_EDITED, actor=by, obj=current)
    return current


def _fill(audience: Audience, members: Members) -> None:
    name, description = clean_name(members.name), clean_name(members.description)
    many = _("Name at most %(limit)s people; use units for more.") % {"limit": MAX_NAMED}
    errors = {
        "name": length_error(name, 80) if name else _("Give the audience a name."),
        "description": length_error(description, 300),
        "people": many if len(members.people) > MAX_NAMED else "",
    }
    found = {field: message for field, message in errors.items() if message}
    if found:
        raise ValidationError(found)
    audience.name, audience.description = name, description
    try:
        with savepoint():
            audience.save()
    except IntegrityError as error:
        raise ValidationError({"name": _("An audience has this name already.")}) from error
    audience.people.set(members.people)
    audience.units.set(members.units)


@action
def delete_audience(audience: Audience, *, by: User) -> None:
    """Forget the list; nobody loses anything that came by it."""
    require_manage(by)
    current = Audience.objects.select_for_update().get(pk=audience.pk)
    record(AUDIENCE_DELETED, actor=by, obj=current, title=current.name)
    current.delete()


@action
def invite_audience(audience: Audience, space: Space, *, by: User) -> BackgroundJob:
    """Let the worker keep a place in space for each member of today who isn't in it.

    Raises PermissionDenied unless by manages people and looks after the space, which is in use.
    """
    require_manage(by)
    require_moderate_space(space, by)
    require_unarchived(space)
    record(AUDIENCE_INVITED, actor=by, obj=audience, space=space)
    label = _("Invitations of an audience to a space")
    return enqueue(invite_members, audience.pk, space.pk, by.pk, label=label, owner=by)


@action
def set_default_space(unit: OrgUnit, space: Space, *, by: User) -> DefaultSpace:
    """Let new people of unit, and of the units below it, join space; twice is once.

    Raises PermissionDenied unless by manages people and may bring people into space.
    """
    require_manage(by)
    if not may_bring_in(space, by):
        raise PermissionDenied(_("Only owners and moderators bring people into this space."))
    default, created = DefaultSpace.objects.get_or_create(
        unit=unit, space=space, defaults={"by": by}
    )
    if created:
        record(DEFAULT_SPACE_SET, actor=by, obj=default, space=space)
    return default


@action
def remove_default_space(default: DefaultSpace, *, by: User) -> None:
    """New people no longer join; who is in stays in."""
    require_manage(by)
    current = DefaultSpace.objects.select_related("space").get(pk=default.pk)
    record(DEFAULT_SPACE_REMOVED, actor=by, obj=current, space=current.space)
    current.delete()
