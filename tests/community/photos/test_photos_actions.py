import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from community.accounts.models import User
from community.attachments.access import get_file
from community.attachments.models import Attachment
from community.files.models import File
from community.jobs.models import BackgroundJob
from community.photos.actions import remove_photo, send_photo
from community.photos.squares import Square
from community.photos.tasks import make_photo
from tests.factories.files import picture_bytes

pytestmark = pytest.mark.slow

RED = 150


def send(person: User, by: User | None = None, square: Square | None = None, **drawn: Any) -> File:
    content = ContentFile(picture_bytes(**({"width": 400, "height": 200} | drawn)))
    return send_photo(person, content, by=by or person, name="me.png", square=square)


def run_job() -> None:
    """What the worker does with the newest upload."""
    job = BackgroundJob.objects.latest("pk")
    make_photo.function(None, *job.args)


def opened(file: File, width: int) -> Image.Image:
    with default_storage.open(file.stored_size(width)) as content:
        return Image.open(io.BytesIO(content.read())).convert("RGB")


def red_at(image: Image.Image, x: int, y: int) -> bool:
    pixel = image.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel[0] > RED


def test_photo_shows_when_its_sizes_are_made(ada: User, zed: User) -> None:
    file = send(ada)
    ada.refresh_from_db()
    assert ada.photo == ""

    run_job()
    ada.refresh_from_db()
    file.refresh_from_db()
    assert (ada.photo, file.made_widths) == (file.public_id, [64, 128])
    assert get_file(ada.photo, viewer=zed) == file


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_chosen_square_is_cut_out(ada: User, kind: str) -> None:
    """The red corner is 1,000 x 500; JPEG of that size is read at a part of it."""
    file = send(ada, square=Square(900, 0, 200), width=4000, height=2000, kind=kind)
    run_job()
    file.refresh_from_db()
    photo = opened(file, 128)
    assert photo.size == (128, 128)
    assert red_at(photo, 50, 64)
    assert not red_at(photo, 80, 64)


def test_without_a_square_the_middle_is_taken(ada: User) -> None:
    file = send(ada)
    run_job()
    file.refresh_from_db()
    assert not red_at(opened(file, 64), 2, 2)


def test_new_photo_takes_the_place_of_the_old_one(ada: User, zed: User) -> None:
    first = send(ada)
    run_job()
    second = send(ada)
    run_job()
    ada.refresh_from_db()
    assert ada.photo == second.public_id
    assert list(Attachment.objects.values_list("file", flat=True)) == [second.pk]
    with pytest.raises(File.DoesNotExist):
        get_file(first.public_id, viewer=zed)


def test_removed_photo_is_gone_for_others_at_once(ada: User, zed: User) -> None:
    file = send(ada)
    run_job()
    remove_photo(ada, by=ada)
    ada.refresh_from_db()
    assert ada.photo == ""
    with pytest.raises(File.DoesNotExist):
        get_file(file.public_id, viewer=zed)


def test_only_the_person_and_people_admins_change_a_photo(
    ada: User, zed: User, admin: User
) -> None:
    with pytest.raises(PermissionDenied):
        send(ada, by=zed)
    with pytest.raises(PermissionDenied):
        remove_photo(ada, by=zed)
    send(ada, by=admin)
    run_job()
    ada.refresh_from_db()
    assert ada.photo


@pytest.mark.parametrize(
    "square", [Square(-1, 0, 64), Square(0, 0, 63), Square(337, 0, 64), Square(0, 137, 64)]
)
def test_square_outside_the_picture_is_refused(ada: User, square: Square) -> None:
    with pytest.raises(ValidationError) as refused:
        send(ada, square=square)
    assert list(refused.value.message_dict) == ["photo"]
    assert File.objects.count() == 0


def test_square_at_the_edge_is_taken(ada: User) -> None:
    assert send(ada, square=Square(336, 136, 64)).pk


def test_small_picture_and_text_are_refused(ada: User) -> None:
    with pytest.raises(ValidationError, match="64 pixels a side"):
        send(ada, width=63, height=100)
    with pytest.raises(ValidationError, match="Choose a picture"):
        send_photo(ada, ContentFile(b"Words"), by=ada, name="me.png")


def test_second_run_of_the_job_changes_nothing(ada: User) -> None:
    send(ada)
    run_job()
    run_job()
    assert Attachment.objects.count() == 1
