"""Saving posts, noting why, being reminded. They record no events: nobody else hears of them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.jobs.pruning import prune
from community.outbox.recording import action
from community.text.lengths import length_error
from community.text.names import clean_name
from discussions.saved.models import SavedPost
from discussions.topics.access import require_read_now
from discussions.topics.models import Post

MAX_NOTE_LENGTH = 300
LATEST = timedelta(days=5 * 366)
REMOVED_KEPT = timedelta(hours=1)


@action
def save_post(post: Post, *, by: User) -> SavedPost:
    """Put post aside; nothing changes where it is saved.

    Raises PermissionDenied where by reads nothing, ValidationError above settings.MAX_SAVED.
    """
    require_read_now(post.topic.space, by)
    saved = SavedPost.objects.filter(person=by, post=post).first()
    if saved is not None and saved.removed_at is None:
        return saved
    _require_room(by)
    if saved is None:
        saved, _created = SavedPost.objects.get_or_create(person=by, post=post)
    saved.removed_at, saved.saved_at = None, timezone.now()
    saved.save(update_fields=["removed_at", "saved_at"])
    return saved


def _require_room(by: User) -> None:
    if SavedPost.objects.filter(person=by, removed_at=None).count() >= settings.MAX_SAVED:
        limit = {"limit": f"{settings.MAX_SAVED:,}"}
        raise ValidationError(
            {"": _("You have saved %(limit)s posts, the most there can be. Remove some.") % limit}
        )


@action
def unsave_post(post: Post, *, by: User) -> None:
    """Take it back; for an hour saving it again brings its note and reminder back too."""
    rows = SavedPost.objects.filter(person=by, post=post, removed_at=None)
    rows.update(removed_at=timezone.now())


@action
def restore_saved(saved: SavedPost, *, by: User) -> None:
    """Bring back what by took back, also where its post is out of sight meanwhile.

    Raises ValidationError above settings.MAX_SAVED.
    """
    _require_room(by)
    SavedPost.objects.filter(pk=saved.pk, person=by).update(removed_at=None)


@action
def note_saved(saved: SavedPost, *, by: User, note: str, remind_at: datetime | None) -> SavedPost:
    """Say why it is saved and when to be reminded, None for never.

    A new reminder begins anew where the old one was done. Raises ValidationError for the fields
    note and remind_at.
    """
    note = clean_name(note)
    if wrong := length_error(note, MAX_NOTE_LENGTH):
        raise ValidationError({"note": wrong})
    saved = SavedPost.objects.select_for_update().get(pk=saved.pk, person=by)
    if remind_at != saved.remind_at:
        _require_time(remind_at)
        saved.done_at = None
    saved.note, saved.remind_at = note, remind_at
    saved.save(update_fields=["note", "remind_at", "done_at"])
    return saved


@action
def save_with_note(post: Post, *, by: User, note: str, remind_at: datetime | None) -> SavedPost:
    """Both or nothing. Raises what save_post() and note_saved() raise."""
    return note_saved(save_post(post, by=by), by=by, note=note, remind_at=remind_at)


def _require_time(remind_at: datetime | None) -> None:
    now = timezone.now()
    if remind_at is not None and not now < remind_at < now + LATEST:
        raise ValidationError({"remind_at": _("Choose a time to come, in five years at most.")})


@action
def finish_saved(saved: SavedPost, *, by: User) -> None:
    """Dealt with: it reminds no more."""
    rows = SavedPost.objects.filter(pk=saved.pk, person=by, done_at=None)
    rows.update(done_at=timezone.now())


@action
def reopen_saved(saved: SavedPost, *, by: User) -> None:
    SavedPost.objects.filter(pk=saved.pk, person=by).update(done_at=None)


def prune_saved() -> int:
    """Delete for good what was taken back an hour ago."""
    return prune(SavedPost.objects.filter(removed_at__lt=timezone.now() - REMOVED_KEPT))
