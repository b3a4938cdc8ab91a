"""Making a photo out of a picture that somebody sent."""

import logging

from community.accounts.models import User
from community.files.models import File
from community.files.pictures import BOMB, UNREADABLE, write_square
from community.files.tasks import note_sizes
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.photos.showing import show_photo

logger = logging.getLogger(__name__)

# For lists, for cards, and for the profile, on screens with two pixels a point.
WIDTHS = (64, 128, 256)


@job()
def make_photo(
    context: JobContext, file_id: int, person_id: int, left: int, top: int, side: int
) -> None:
    """Cut the square out of the picture, make its sizes, and show it; damaged ones are left."""
    file = File.objects.select_related("owner").filter(pk=file_id).first()
    person = User.objects.filter(pk=person_id).first()
    if file is None or person is None:
        return
    if not file.made_widths:
        try:
            widths = write_square(file, left, top, side, WIDTHS)
        except (*BOMB, *UNREADABLE):
            logger.info("Picture %s can't be read", file.public_id)
            return
        note_sizes(file, widths)
    show_photo(person, file)
