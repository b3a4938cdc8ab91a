"""Making, editing, deleting and handing over collections."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.conflicts import EditConflict
from community.http.idempotency import once
from community.outbox.recording import action, record
from community.spaces.access import refresh_rights
from community.spaces.models import Space
from community.spaces.sight import readers
from community.text.errors import TextRefused
from community.text.lengths import length_error
from community.text.markdown import render_post
from community.text.names import clean_name
from discussions.topics.access import require_write_now
from learning.collections.access import require_curate, require_make, require_run
from learning.collections.locking import locked
from learning.collections.models import Collection, CollectionCurator
from learning.events import (
    COLLECTION_CREATED,
    COLLECTION_CURATORS_SET,
    COLLECTION_DELETED,
    COLLECTION_EDITED,
    COLLECTION_HANDED_OVER,
    COLLECTION_RESTORED,
)


@dataclass(frozen=True)
class Checked:
    title: str
    source: str
    html: str


def create_collection(
    *, by: User, title: str, description: str = "", space: Space | None = None, key: str = ""
) -> Collection:
    """Make an empty collection for the readers of space, None for every colleague.

    A repeat with the same key returns the first one. Raises PermissionDenied where by may not
    write in space, ValidationError for title and description, and above settings.MAX_COLLECTIONS.
    """
    checked = _checked(title, description, space)
    return _create(checked, space, by, key)


@action
def _create(checked: Checked, space: Space | None, by: User, key: str) -> Collection:
    refresh_rights(by)
    require_make(by)
    if space is not None:
        require_write_now(space, by)
    return once(key, Collection, lambda: _insert(checked, space, by), by=by)


def _insert(checked: Checked, space: Space | None, by: User) -> Collection:
    owned = Collection.objects.filter(owner=by, deleted_at=None).count()
    if owned >= settings.MAX_COLLECTIONS:
        limit = {"limit": f"{settings.MAX_COLLECTIONS:,}"}
        raise ValidationError(
            {"": _("You own %(limit)s collections, the most there can be. Delete one.") % limit}
        )
    collection = Collection.objects.create(
        title=checked.title,
        description_source=checked.source,
        description_html=checked.html,
        owner=by,
        space=space,
    )
    record(COLLECTION_CREATED, actor=by, obj=collection, space=space)
    return collection


def edit_collection(
    collection: Collection, *, by: User, title: str, description: str, based_on: int | None = None
) -> Collection:
    """Give it another title and description. based_on: the version that the editor started from.

    Raises EditConflict, PermissionDenied unless by curates it, ValidationError for its fields.
    """
    return _edit(collection, _checked(title, description, collection.space), by, based_on)


@action
def _edit(collection: Collection, checked: Checked, by: User, based_on: int | None) -> Collection:
    current = locked(collection, by)
    require_curate(current, by)
    if (current.title, current.description_source) == (checked.title, checked.source):
        return current
    if based_on not in (None, current.version):
        raise EditConflict(current)
    current.title, current.version = checked.title, current.version + 1
    current.description_source, current.description_html = checked.source, checked.html
    current.save(update_fields=["title", "version", "description_source", "description_html"])
    record(COLLECTION_EDITED, actor=by, obj=current, space=current.space)
    return current


def _checked(title: str, description: str, space: Space | None) -> Checked:
    title, source = clean_name(title), description.replace("\r\n", "\n").strip()
    missing = _("Give the collection a title.")
    errors = {
        "title": length_error(title, settings.MAX_TITLE_LENGTH) if title else missing,
        "description": length_error(source, settings.MAX_COLLECTION_DESCRIPTION),
    }
    found = {field: message for field, message in errors.items() if message}
    if found:
        raise ValidationError(found)
    return Checked(title, source, rendered_description(source, space))


def rendered_description(source: str, space: Space | None) -> str:
    """People are the only references: nobody renders it again when a title changes or goes.

    Raises ValidationError for the field description.
    """
    try:
        return render_post(source, space_id=space.pk if space else None, kinds={"person"}).html
    except TextRefused as error:
        raise ValidationError({"description": str(error)}) from error


@action
def delete_collection(collection: Collection, *, by: User) -> None:
    """Take it out of sight; what it led to stays. Nothing happens where it is deleted."""
    current = locked(collection, by, deleted=True)
    require_run(current, by)
    if current.deleted_at is None:
        current.deleted_at, current.deleted_by = timezone.now(), by
        current.save(update_fields=["deleted_at", "deleted_by"])
        record(COLLECTION_DELETED, actor=by, obj=current, space=current.space)


@action
def restore_collection(collection: Collection, *, by: User) -> None:
    """Bring it back with its items, curators and followers."""
    current = locked(collection, by, deleted=True)
    require_run(current, by)
    if current.deleted_at is not None:
        current.deleted_at = current.deleted_by = None
        current.save(update_fields=["deleted_at", "deleted_by"])
        record(COLLECTION_RESTORED, actor=by, obj=current, space=current.space)


@action
def set_people(
    collection: Collection, *, by: User, owner: User | None, curators: Sequence[User]
) -> Collection:
    """Say who owns and who curates it; owner None leaves the owner as it is.

    Raises PermissionDenied unless by runs it, ValidationError for owner and curators where one
    is a guest or reads nothing of its space, and above settings.MAX_CURATORS.
    """
    current = locked(collection, by)
    require_run(current, by)
    if len(curators) > settings.MAX_CURATORS:
        limit = {"limit": settings.MAX_CURATORS}
        raise ValidationError({"curators": _("Name at most %(limit)s curators.") % limit})
    for field, people in (("owner", [owner] if owner else []), ("curators", curators)):
        _require_readers(current, field, people)
    if owner is not None:
        hand_over(current, owner, by=by)
    _set_curators(current, [one for one in curators if one.pk != current.owner_id], by)
    return current


def _require_readers(collection: Collection, field: str, people: Sequence[User]) -> None:
    may_read = {person.pk for person in people}
    if collection.space is not None:
        may_read &= set(
            readers(collection.space).filter(pk__in=may_read).values_list("pk", flat=True)
        )
    for person in people:
        if person.is_guest:
            raise ValidationError({field: _("%(name)s is a guest.") % {"name": person}})
        if person.pk not in may_read:
            said = _("%(name)s can't read the space of this collection.") % {"name": person}
            raise ValidationError({field: said})


def hand_over(collection: Collection, owner: User | None, *, by: User | None) -> None:
    """Within an action that holds the row and has checked that by may; None leaves no owner."""
    if collection.owner_id == (owner.pk if owner else None):
        return
    before, collection.owner = collection.owner, owner
    collection.save(update_fields=["owner"])
    if owner is not None:
        CollectionCurator.objects.filter(collection=collection, person=owner).delete()
    record(
        COLLECTION_HANDED_OVER,
        actor=by,
        obj=collection,
        subject=owner or before,
        space=collection.space,
    )


def _set_curators(collection: Collection, people: Sequence[User], by: User) -> None:
    rows = CollectionCurator.objects.filter(collection=collection)
    before, after = set(rows.values_list("person_id", flat=True)), {one.pk for one in people}
    if before == after:
        return
    rows.filter(person__in=before - after).delete()
    CollectionCurator.objects.bulk_create(
        CollectionCurator(collection=collection, person=one)
        for one in people
        if one.pk not in before
    )
    record(COLLECTION_CURATORS_SET, actor=by, obj=collection, space=collection.space)
