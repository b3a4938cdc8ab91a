"""Units of the organisation: a company, its departments, their teams."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.access import require_manage
from community.accounts.models import OrgUnit, User
from community.events import ORG_UNIT_CREATED
from community.http.idempotency import once
from community.outbox.recording import action, record
from community.text.lengths import length_error
from community.text.names import clean_name


@action
def create_org_unit(
    name: str, *, by: User | None, parent: OrgUnit | None = None, key: str = ""
) -> OrgUnit:
    """Add a unit, a part of parent or on top; a repeat with the same key returns the first one."""
    require_manage(by)
    if by is None:
        return _create_org_unit(name, by, parent)
    return once(key, OrgUnit, lambda: _create_org_unit(name, by, parent), by=by)


def _create_org_unit(name: str, by: User | None, parent: OrgUnit | None) -> OrgUnit:
    name = clean_name(name)
    wrong = length_error(name, 120) if name else _("Give the unit a name.")
    if wrong:
        raise ValidationError({"name": wrong})
    unit = OrgUnit.objects.create(name=name, parent=parent)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    if by is not None:
        record(ORG_UNIT_CREATED, actor=by, obj=unit)
    return unit
