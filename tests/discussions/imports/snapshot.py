"""Everything that an import writes, in a form that two runs can be compared by."""

from typing import Any

from django.db import models

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Membership, Space
from discussions.answers.models import Acceptance, Contribution
from discussions.reactions.models import Vote
from discussions.tags.models import Tag, TagCount
from discussions.topics.models import (
    Closure,
    Origin,
    Post,
    Reference,
    Revision,
    Topic,
    TopicLink,
    TopicTag,
)

TABLES: list[type[models.Model]] = [
    User,
    Space,
    Membership,
    Tag,
    Topic,
    TopicTag,
    Post,
    Revision,
    Closure,
    Acceptance,
    TopicLink,
    Reference,
    TagCount,
    Contribution,
    Vote,
    Event,
    Origin,
]
RANDOM = {"public_id", "password"}
# No dump says when these were made.
MADE_NOW = {(Tag, "created_at"), (Space, "created_at")}
ORIGINS = {"user": User, "tag": Tag, "space": Space}


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row by table; a key is the row's place in its table, since sequences may have holes."""
    places = {table: {pk: place for place, pk in enumerate(_keys(table))} for table in TABLES}
    return {table.__name__: [_row(row, places) for row in _rows(table)] for table in TABLES}


def _keys(table: type[models.Model]) -> list[int]:
    return list(table._default_manager.order_by("pk").values_list("pk", flat=True))


def _rows(table: type[models.Model]) -> list[models.Model]:
    return list(table._default_manager.order_by("pk"))


def _row(row: models.Model, places: dict[type[models.Model], dict[int, int]]) -> dict[str, Any]:
    table = type(row)
    found: dict[str, Any] = {}
    for field in table._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in RANDOM or (table, field.name) in MADE_NOW:
            continue
        if field.primary_key:
            value = places[table][value]
        elif isinstance(field, models.ForeignKey) and value is not None:
            value = places.get(field.related_model, {}).get(value, value)
        found[field.name] = value
    if isinstance(row, Origin):
        found["object_id"] = places[ORIGINS.get(row.kind, Post)][row.object_id]
    if isinstance(row, Topic):
        found["participant_ids"] = [places[User][pk] for pk in row.participant_ids]
    return found


def wipe() -> None:
    """Take away every row that an import writes."""
    for table in reversed(TABLES):
        table._default_manager.all().delete()
