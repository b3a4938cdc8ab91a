"""Keeping what somebody types. Drafts record no events: nobody else hears of them."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.conflicts import EditConflict
from community.jobs.pruning import prune
from community.outbox.recording import action
from discussions.drafts.access import require_place
from discussions.drafts.models import Draft
from discussions.drafts.places import Place

# A draft is worth keeping with one of these; the others say what it is about.
WORDS = ("title", "source", "url")
# Databases refuse NUL and halves of a pair in JSON.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
DELETED_KEPT = timedelta(hours=1)


def save_draft(
    place: Place, texts: Mapping[str, str], *, by: User, based_on: int | None = None
) -> Draft:
    """Keep texts, by the names of the form's fields, as by's draft at place.

    based_on is the version that they were typed over, 0 for none, None for whatever there is. A
    repeat changes nothing. Raises EditConflict with the draft of another tab, ObjectDoesNotExist
    for a new draft at a place that by may not know of, and ValidationError.
    """
    return _save(place, _checked(texts), by, based_on)


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    kept = {name: text.replace("\r\n", "\n") for name, text in texts.items() if text}
    if not any(kept.get(name, "").strip() for name in WORDS):
        raise ValidationError({"source": _("Write something first.")})
    if UNSTORABLE.search("".join(kept.values())):
        raise ValidationError({"source": _("The text holds a character that can't be stored.")})
    if len(json.dumps(kept, ensure_ascii=False).encode()) > settings.MAX_DRAFT_BYTES:
        limit = {"limit": f"{settings.MAX_DRAFT_BYTES // 1024:,}"}
        raise ValidationError({"source": _("A draft has at most %(limit)s KiB.") % limit})
    return kept


@action
def _save(place: Place, texts: dict[str, str], by: User, based_on: int | None) -> Draft:
    _lock(by)
    draft = Draft.objects.filter(person=by, place=str(place), deleted_at=None).first()
    if draft is None:
        require_place(place, by)
        _require_room(by)
        # Goes on counting, so that a tab with an older version still meets a conflict.
        draft = Draft(person=by, place=str(place), version=based_on or 0)
    elif draft.texts == texts:
        return draft
    elif based_on is not None and draft.version != based_on:
        raise EditConflict(draft)
    draft.texts, draft.version, draft.saved_at = texts, draft.version + 1, timezone.now()
    draft.save()
    return draft


def _lock(by: User) -> None:
    """Two tabs that save at once must not both be the twentieth draft, nor the first at a place."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)


def _require_room(by: User) -> None:
    if Draft.objects.filter(person=by, deleted_at=None).count() >= settings.MAX_DRAFTS:
        limit = {"limit": settings.MAX_DRAFTS}
        raise ValidationError(
            {"": _("You have %(limit)s drafts, the most there can be. Delete one first.") % limit}
        )


@action
def delete_draft(draft: Draft, *, by: User) -> None:
    """Throw by's own draft away; until the next one it can be brought back."""
    mine = Draft.objects.filter(person=by)
    mine.exclude(deleted_at=None).exclude(pk=draft.pk).delete()
    mine.filter(pk=draft.pk, deleted_at=None).update(deleted_at=timezone.now())


@action
def restore_draft(draft: Draft, *, by: User) -> None:
    """Bring by's own deleted draft back.

    Raises ValidationError where by has begun another one at the same place since, or has no room.
    """
    _lock(by)
    mine = Draft.objects.filter(person=by)
    if not mine.filter(pk=draft.pk).exclude(deleted_at=None).exists():
        return
    if mine.filter(place=draft.place, deleted_at=None).exists():
        raise ValidationError(_("You have begun another draft there since. Delete that one first."))
    _require_room(by)
    mine.filter(pk=draft.pk).update(deleted_at=None)


def forget_draft(place: Place, *, by: User, version: int) -> None:
    """For writers inside an action that sends what was drafted at place.

    A draft that another tab wrote on, past version, stays.
    """
    drafts = Draft.objects.filter(person=by, place=str(place), deleted_at=None)
    drafts.filter(version__lte=version).delete()


def prune_drafts() -> int:
    """Delete for good what was thrown away an hour ago."""
    return prune(Draft.objects.filter(deleted_at__lt=timezone.now() - DELETED_KEPT))
