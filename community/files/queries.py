"""Somebody's own files, and how much they take."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from community.files.models import File

if TYPE_CHECKING:
    from community.accounts.models import User


def files_of(person: "User") -> QuerySet[File]:
    """What person sent, whatever it hangs on: for person alone."""
    return File.objects.filter(owner=person)


def used_bytes(person: "User") -> int:
    """What the files of person take, as they were sent; at most MAX_PERSON_FILE_BYTES."""
    return files_of(person).aggregate(total=Sum("size"))["total"] or 0
