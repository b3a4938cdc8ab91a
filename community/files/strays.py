"""Contents that no file names: a process was killed after it had stored them, before the row."""

import re
from contextlib import suppress
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from community.files.models import File
from community.jobs.actions import enqueue
from community.jobs.context import JobContext
from community.jobs.functions import job

KEPT = timedelta(days=2)
ROWS = 500
FOLDER = re.compile(r"[0-9a-f]{2}")
# As store_file() names contents, and File.stored_size() the sizes of pictures.
NAME = re.compile(r"([0-9a-f]{40})(\.[0-9]+\.webp)?")


def start_removing() -> None:
    """Let the worker look through the storage."""
    enqueue(remove_strays, label=_("Contents that no file names"))


@job()
def remove_strays(context: JobContext) -> None:
    """Delete what was stored more than two days ago and belongs to no row."""
    folders = _folders()
    for done, folder in enumerate(folders, start=1):
        for name in _strays(folder):
            default_storage.delete(name)
        context.progress(done, len(folders))


def _folders() -> list[str]:
    """None before the first file is stored."""
    with suppress(FileNotFoundError):
        return sorted(name for name in default_storage.listdir("")[0] if FOLDER.fullmatch(name))
    return []


def _strays(folder: str) -> list[str]:
    before = timezone.now() - KEPT
    found = [name for name in default_storage.listdir(folder)[1] if NAME.fullmatch(name)]
    paths = [f"{folder}/{name}" for name in found]
    batches = [paths[start : start + ROWS] for start in range(0, len(paths), ROWS)]
    unknown = [path for batch in batches for path in _unknown(batch)]
    # Asked of few: a bucket answers each of these by itself.
    return [path for path in unknown if default_storage.get_modified_time(path) < before]


def _unknown(paths: list[str]) -> list[str]:
    contents = {path: path.partition(".")[0] for path in paths}
    rows = File.objects.filter(stored_as__in=contents.values())
    known = set(rows.values_list("stored_as", flat=True))
    return [path for path in paths if contents[path] not in known]
