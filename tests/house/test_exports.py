"""Every model, also those of libraries, is exported or has a written reason why it isn't."""

from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from config.exports import EXPORTED, LEFT_OUT
from config.site.transfer.tables import tables


def test_every_model_is_exported_or_has_a_reason() -> None:
    models = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    decided = EXPORTED.keys() | LEFT_OUT.keys()
    assert sorted(models - decided) == [], "decide in config/exports.py"
    assert sorted(decided - models) == []
    assert sorted(EXPORTED.keys() & LEFT_OUT.keys()) == []


def test_every_reason_is_written() -> None:
    columns = {reason for one in EXPORTED.values() for reason in one.left_out.values()}
    assert all(len(reason.split()) >= 3 for reason in columns | set(LEFT_OUT.values()))


def test_what_is_left_out_is_a_column_with_a_default() -> None:
    wrong = [
        f"{label}.{name}"
        for label, one in EXPORTED.items()
        for name in one.left_out
        if not can_be_left_out(apps.get_model(label), name) and name not in one.fresh
    ]
    assert wrong == []


def can_be_left_out(model: type[Model], name: str) -> bool:
    [field] = [one for one in model._meta.concrete_fields if one.name == name]
    return field.get_default() is not None or field.null


def test_every_exported_reference_leads_to_an_exported_row_with_a_key() -> None:
    targets = {
        f"{table.label}.{column.name}": column.target
        for table in tables()
        for column in table.columns
        if column.target
    }
    assert [where for where, target in targets.items() if not keyed(target)] == []


def keyed(label: str) -> bool:
    """Whether rows of the model have a key that is theirs alone, if need be that of another."""
    model: Any = apps.get_model(label)
    for name in EXPORTED[label].key.split("__") if label in EXPORTED else [""]:
        if not name or not model._meta.get_field(name).unique:
            return False
        model = model._meta.get_field(name).related_model
    return True


def test_what_is_linked_later_may_be_empty_meanwhile() -> None:
    columns = {
        f"{table.label}.{column.name}": column.field for table in tables() for column in table.later
    }
    assert columns
    assert [name for name, field in columns.items() if not field.null] == []


def test_every_kind_leads_to_an_exported_model() -> None:
    kinds = [kinds for one in EXPORTED.values() for kinds in one.by_kind.values()]
    assert [label for one in kinds for label in one.models.values() if not keyed(label)] == []


def test_ids_leave_by_no_other_column() -> None:
    """A column of whole numbers that is named like an id must say what it leads to."""
    suspicious = [
        f"{table.label}.{column.name}"
        for table in tables()
        for column in table.columns
        if column.name.endswith(("_id", "_ids"))
        and not isinstance(column.field, ForeignKey)
        and column.by_kind is None
        and column.name not in ("public_id", "external_id")
    ]
    assert suspicious == []
