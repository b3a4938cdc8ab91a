"""Who may see and change people."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.accounts.handles import typed_handle
from community.accounts.models import OrgUnit, User
from community.accounts.queries import people_by_handle

MANAGE_PEOPLE = "community.people"


def get_person(handle: str, *, viewer: User) -> User:
    """Return the person with this handle, or who had it before. Raises User.DoesNotExist."""
    people: QuerySet[User] = User.objects.visible_to(viewer)
    found = people.filter(handle=handle.lower()).first()
    return found or people.get(former_handles__handle=handle.lower())


def person_named(typed: str, field: str, *, viewer: User) -> User:
    """Return who has this handle, or had it before. Raises ValidationError for field."""
    try:
        return get_person(typed_handle(typed), viewer=viewer)
    except User.DoesNotExist as error:
        raise ValidationError({field: _("Nobody has this handle.")}) from error


def people_named(typed: Sequence[str], field: str, *, viewer: User) -> list[User]:
    """Return the active people who have these handles today, each once; one query.

    Raises ValidationError for field, which names the handles that are nobody's.
    """
    handles = list(dict.fromkeys(typed_handle(one) for one in typed))
    found = people_by_handle(handles, viewer=viewer)
    if unknown := [handle for handle in handles if handle not in found]:
        said = ngettext(
            "Nobody has the handle %(handles)s.",
            "Nobody has the handles %(handles)s.",
            len(unknown),
        )
        named = ", ".join(f"“{handle}”" for handle in unknown)
        raise ValidationError({field: said % {"handles": named}})
    return [found[handle] for handle in handles]


def visible_people(viewer: User) -> QuerySet[User]:
    """Those whose photo viewer may see."""
    found: QuerySet[User] = User.objects.visible_to(viewer)
    return found


def get_unit(public_id: str, *, viewer: User) -> OrgUnit:
    """Reader class directory: all signed-in colleagues. Raises OrgUnit.DoesNotExist."""
    units: QuerySet[OrgUnit] = OrgUnit.objects.visible_to(viewer).select_related("parent")
    return units.get(public_id=public_id)


def units_named(public_ids: Sequence[str], field: str, *, viewer: User) -> list[OrgUnit]:
    """Return the units with these ids, each once; one query. Raises ValidationError for field."""
    wanted = dict.fromkeys(public_ids)
    units: QuerySet[OrgUnit] = OrgUnit.objects.visible_to(viewer).select_related("parent")
    found = {unit.public_id: unit for unit in units.filter(public_id__in=wanted)}
    if wanted.keys() - found.keys():
        raise ValidationError({field: _("There is no unit with this id.")})
    return [found[public_id] for public_id in wanted]


def require_chart(viewer: User) -> None:
    """How the company is built is for those who work there. Raises OrgUnit.DoesNotExist."""
    if viewer.is_guest:
        raise OrgUnit.DoesNotExist


def can_edit_profile(person: User, by: User) -> bool:
    return person.pk == by.pk or by.has_perm(MANAGE_PEOPLE)


def require_edit_profile(person: User, by: User) -> None:
    if not can_edit_profile(person, by):
        raise PermissionDenied(_("Only the person and those who manage people change a profile."))


def require_manage(by: User | None) -> None:
    """by is None where the system itself acts: first admin, demo, import."""
    if by is not None and not by.has_perm(MANAGE_PEOPLE):
        raise PermissionDenied(_("Only people who manage people do this."))
