"""Sending and removing the photo of a profile."""

from django.core.exceptions import ValidationError
from django.core.files import File as Content

from community.accounts.access import require_edit_profile
from community.accounts.models import User
from community.files.actions import store_file
from community.files.models import File
from community.outbox.recording import action
from community.photos.showing import set_photo
from community.photos.squares import Square, checked_square
from community.photos.tasks import make_photo


def send_photo(
    person: User, content: "Content[bytes]", *, by: User, name: str, square: Square | None = None
) -> File:
    """Store a picture; its square becomes person's photo when the worker has made the sizes.

    Without a square the largest one in the middle is taken. Raises PermissionDenied, and
    ValidationError for the field photo.
    """
    require_edit_profile(person, by)
    try:
        chosen = checked_square(content, square)
        args = (person.pk, chosen.left, chosen.top, chosen.side)
        return store_file(content, by=by, name=name, make=make_photo, args=args)
    except ValidationError as error:
        raise ValidationError({"photo": error.messages}) from error


@action
def remove_photo(person: User, *, by: User) -> None:
    """Show initials again. Raises PermissionDenied."""
    require_edit_profile(person, by)
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.photo:
        set_photo(person, "", by=by)
