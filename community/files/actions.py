"""Taking files in, and letting them go."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files import File as Content
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from community.events import FILE_STORED
from community.files.media_types import PICTURE_ENDINGS, PICTURES, media_type
from community.files.models import File
from community.files.names import clean_file_name
from community.files.pictures import picture_size
from community.files.polyglots import refuse_two_in_one
from community.files.queries import used_bytes
from community.files.tasks import make_sizes
from community.http.idempotency import once
from community.http.uploads import has_path
from community.jobs.actions import enqueue
from community.jobs.functions import JobFunction
from community.outbox.recording import action, record

if TYPE_CHECKING:
    from community.accounts.models import User

# Of one person, whichever form they come with.
FILES_A_MINUTE = 60


def store_file(
    content: "Content[bytes]",
    *,
    by: "User",
    name: str,
    key: str = "",
    make: JobFunction = make_sizes,
    args: Sequence[int] = (),
) -> File:
    """Store what by sends; only by reads it until it hangs on something.

    make(context, id of the file, *args) is what the worker does with a picture. A repeat with the
    same key returns the first file. Raises ValidationError for the field file:
    size, type, pixels, quota.
    """
    file = _described(content, by, name)
    content.seek(0)
    default_storage.save(file.stored_as, content)
    try:
        kept = _keep(file, by, key, make, args)
    except BaseException:
        default_storage.delete(file.stored_as)
        raise
    if kept.stored_as != file.stored_as:
        default_storage.delete(file.stored_as)
    return kept


def _described(content: "Content[bytes]", by: "User", name: str) -> File:
    _require_size(content.size)
    if has_path(name):
        said = _("%(name)s holds a path. Send the file by its name alone.")
        raise ValidationError({"file": said % {"name": name[:200]}})
    kind = media_type(content)
    if kind is None:
        raise ValidationError(
            {
                "file": _(
                    "Files of this type can't be attached. Pictures (PNG, JPEG, GIF, WebP), PDF,"
                    " office documents, text, archives, sound and video (MP4, WebM) can."
                )
            }
        )
    _require_named_so(name, kind)
    refuse_two_in_one(content, kind)
    width, height = picture_size(content) if kind in PICTURES else (None, None)
    content.seek(0)
    return File(
        owner=by,
        name=clean_file_name(name),
        stored_as=_random_name(),
        media_type=kind,
        size=content.size,
        sha256=hashlib.file_digest(content, "sha256").hexdigest(),
        width=width,
        height=height,
    )


def _require_named_so(name: str, kind: str) -> None:
    """Whoever opens a picture that is a page gets what they never asked for."""
    if kind not in PICTURES and name.lower().endswith(PICTURE_ENDINGS):
        said = _(
            "%(name)s is named as a picture and holds something else. Send the picture itself."
        )
        raise ValidationError({"file": said % {"name": clean_file_name(name)}})


def _require_size(size: int) -> None:
    if not size:
        raise ValidationError({"file": _("This file is empty.")})
    if size > settings.MAX_FILE_BYTES:
        limit = {"limit": filesizeformat(settings.MAX_FILE_BYTES)}
        raise ValidationError({"file": _("A file has at most %(limit)s.") % limit})


def _random_name() -> str:
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name}"


@action
def _keep(file: File, by: "User", key: str, make: JobFunction, args: Sequence[int]) -> File:
    return once(key, File, lambda: _insert(file, by, make, args), by=by)


def _insert(file: File, by: "User", make: JobFunction, args: Sequence[int]) -> File:
    # Two at once would both find room for themselves.
    people = get_user_model()._default_manager.select_for_update()
    list(people.filter(pk=by.pk).values_list("pk"))
    _require_room(file, by)
    # Made anew, since a deadlock repeats the action.
    kept = File.objects.create(
        **{field.attname: getattr(file, field.attname) for field in File._meta.fields[1:]}
    )
    if kept.is_picture:
        enqueue(make, kept.pk, *args, label=_("Sizes of a picture"), owner=by)
    record(FILE_STORED, actor=by, obj=kept, subject=by)
    return kept


def _require_room(file: File, by: "User") -> None:
    used = used_bytes(by)
    if used + file.size > settings.MAX_PERSON_FILE_BYTES:
        limits = {
            "limit": filesizeformat(settings.MAX_PERSON_FILE_BYTES),
            "left": filesizeformat(max(0, settings.MAX_PERSON_FILE_BYTES - used)),
        }
        raise ValidationError(
            {"file": _("Your files may take %(limit)s in all; %(left)s are left.") % limits}
        )


def forget_contents(stored_names: list[str]) -> None:
    """Delete from the storage what no row names any more; call it after the commit."""
    for name in stored_names:
        default_storage.delete(name)
