"""Who may read a file."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.attachments.models import Attachment
from community.files.models import File

if TYPE_CHECKING:
    from community.accounts.models import User


def get_file(public_id: str, *, viewer: "User") -> File:
    """Return a file that hangs on something that viewer may read; loose ones only to their owner.

    Raises File.DoesNotExist alike for a hidden and a missing one, after one statement for both.
    """
    return readable_files(viewer).get(public_id=public_id)


def readable_files(viewer: "User") -> QuerySet[File]:
    """The files that get_file() returns."""
    hung = Attachment.objects.filter(file=OuterRef("pk"))
    loose = Q(owner_id=viewer.pk) & ~Exists(hung)
    return File.objects.filter(loose | Exists(hung.visible_to(viewer)))
