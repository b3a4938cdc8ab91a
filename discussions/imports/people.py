"""The source's users become people: inactive, without e-mail, so that nobody signs in as them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from sqlite3 import Row

from django.contrib.auth.hashers import make_password

from community.accounts.handles import RESERVED
from community.accounts.models import HandleRedirect, User
from community.identifiers.public_ids import new_public_id
from community.outbox.recording import action
from community.text.names import clean_name
from community.text.slugs import slugify
from discussions.imports.dump import Progress
from discussions.imports.origins import Source
from discussions.imports.staging import Stage
from discussions.imports.tally import ALREADY_HERE, Tally
from discussions.imports.texts import plain_text, shortened
from discussions.imports.times import utc
from discussions.topics.models import Origin

BATCH_ROWS = 500
_NOT_IN_HANDLES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Author:
    """Who wrote something: person is null where the source names nobody that it knows."""

    person: int | None
    byline: str


def import_people(
    stage: Stage, source: Source, tally: Tally, progress: Progress, *, dry_run: bool
) -> None:
    rows = stage.rows("SELECT * FROM users ORDER BY id")
    done, total = 0, stage.count("SELECT count(*) FROM users")
    while batch := list(islice(rows, BATCH_ROWS)):
        known = source.known("user", [row["id"] for row in batch])
        fresh = [row for row in batch if str(row["id"]) not in known]
        if fresh and not dry_run:
            _write(fresh, source)
        tally["users"].added += len(fresh)
        tally["users"].skip(ALREADY_HERE, len(known))
        done += len(batch)
        progress("People", done, total)


@action
def _write(rows: list[Row], source: Source) -> None:
    handles = _free_handles([(row["id"], _name(row)) for row in rows])
    people = User.objects.bulk_create(
        User(
            name=_name(row),
            handle=handle,
            about=shortened(clean_name(plain_text(row["about"] or "")), 500),
            is_active=False,
            password=make_password(None),
            created_at=utc(row["at"]),
        )
        for row, handle in zip(rows, handles, strict=True)
    )
    Origin.objects.bulk_create(
        source.origin("user", row["id"], person.pk, author=row["id"])
        for row, person in zip(rows, people, strict=True)
    )


def _name(row: Row) -> str:
    return shortened(clean_name(row["name"] or ""), 120) or f"user{row['id']}"


def _free_handles(names: list[tuple[int, str]]) -> list[str]:
    """A handle for each (external id, name): the name's own, else one with the id in it."""
    choices = [_choices(external_id, name) for external_id, name in names]
    wanted = [handle for pair in choices for handle in pair]
    taken = RESERVED | set(User.objects.filter(handle__in=wanted).values_list("handle", flat=True))
    taken |= set(HandleRedirect.objects.filter(handle__in=wanted).values_list("handle", flat=True))
    handles = []
    for own, with_id in choices:
        last_resort = f"{with_id}-{new_public_id().lower()}"
        free = (handle for handle in (own, with_id, last_resort) if handle not in taken)
        handles.append(next(free))
        taken |= {handles[-1]}
    return handles


def _choices(external_id: int, name: str) -> tuple[str, str]:
    base = _NOT_IN_HANDLES.sub("-", slugify(name, max_length=20)).strip("-") or "person"
    return base, f"{base[:12].rstrip('-')}-{abs(external_id)}"


class Authors:
    """The people behind the source's user ids, looked up once for a batch of rows."""

    def __init__(self, source: Source, user_ids: Iterable[int | None]) -> None:
        keys = source.known("user", {user_id for user_id in user_ids if user_id is not None})
        names = dict(User.objects.filter(pk__in=keys.values()).values_list("pk", "name"))
        self._people = {
            int(user_id): Author(pk, names[pk]) for user_id, pk in keys.items() if pk in names
        }

    def of(self, row: Row) -> Author:
        """The author of a row with owner and owner_name."""
        found = self._people.get(row["owner"])
        if found is not None:
            return found
        unnamed = "" if row["owner"] is None else f"user{row['owner']}"
        named = clean_name(row["owner_name"] or "")
        return Author(None, shortened(named or unnamed or "unknown", 120))
