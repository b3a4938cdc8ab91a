"""Which file is somebody's photo."""

from community.accounts.models import User
from community.attachments.actions import attach, keep_attached
from community.events import PHOTO_CHANGED
from community.files.models import File
from community.outbox.recording import action, record

# The kind of a person in config/attachables.py.
ATTACHED_TO = "person"


@action
def show_photo(person: User, file: File) -> None:
    """Make file, whose sizes are made, the photo of person in place of an earlier one."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if file.owner is None or person.photo == file.public_id:
        return
    attach([file.public_id], by=file.owner, kind=ATTACHED_TO, object_id=person.pk)
    set_photo(person, file.public_id, by=file.owner)


def set_photo(person: User, photo: str, *, by: User) -> None:
    """Write the public id of the photo on the row of person, which is locked; "" for none."""
    person.photo = photo
    person.save(update_fields=["photo"])
    keep_attached([photo], kind=ATTACHED_TO, object_id=person.pk)
    record(PHOTO_CHANGED, actor=by, obj=person, subject=person)
