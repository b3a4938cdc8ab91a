import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from community.accounts.models import User
from community.files.actions import store_file
from community.files.models import File
from community.jobs.models import BackgroundJob
from community.outbox.models import Event
from tests.factories.files import make_file, picture_bytes


def refusal(by: User, content: bytes) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        make_file(by, content)
    assert File.objects.count() == 0
    found: list[str] = refused.value.message_dict["file"]
    return found


def test_file_is_stored_under_a_random_name(ada: User) -> None:
    file = make_file(ada, b"One\n", "one.txt")

    assert (file.owner, file.name, file.media_type, file.size) == (ada, "one.txt", "text/plain", 4)
    assert "one" not in file.stored_as
    with default_storage.open(file.stored_as) as stored:
        assert stored.read() == b"One\n"
    assert Event.objects.filter(name="file.stored", object_id=file.pk).count() == 1
    assert not BackgroundJob.objects.exists()


def test_picture_is_measured_and_its_sizes_are_asked_for(ada: User) -> None:
    file = make_file(ada, picture_bytes(1000, 30))

    assert (file.width, file.height, file.widths) == (1000, 30, (480, 960, 1000))
    job = BackgroundJob.objects.get()
    assert (job.args, job.label) == ([file.pk], "Sizes of a picture")


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (5, (5,)),
        (480, (480,)),
        (481, (480, 481)),
        (1920, (480, 960, 1920)),
        (4000, (480, 960, 1920)),
    ],
)
def test_picture_is_never_enlarged(width: int, widths: tuple[int, ...]) -> None:
    assert File(width=width).widths == widths


def test_repeat_with_the_same_key_stores_once(ada: User) -> None:
    first = store_file(ContentFile(b"One"), by=ada, name="a.txt", key="k")
    again = store_file(ContentFile(b"One"), by=ada, name="a.txt", key="k")

    assert again == first
    assert File.objects.count() == 1
    assert default_storage.exists(first.stored_as)


def test_file_at_the_limit_is_taken_and_one_byte_more_is_not(ada: User, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 1024
    assert refusal(ada, b"a" * 1025) == ["A file has at most 1.0\xa0KB."]
    assert make_file(ada, b"a" * 1024).size == 1024


def test_quota_at_the_limit_is_taken_and_one_byte_more_is_not(
    ada: User, ben: User, settings: Any
) -> None:
    settings.MAX_PERSON_FILE_BYTES = 3000
    make_file(ben, b"b" * 2000)
    make_file(ada, b"a" * 2000)
    with pytest.raises(ValidationError) as refused:
        make_file(ada, b"a" * 1001)
    assert refused.value.messages == [
        "Your files may take 2.9\xa0KB in all; 1000\xa0bytes are left."
    ]
    assert make_file(ada, b"a" * 1000).size == 1000


def test_refused_file_leaves_nothing_in_the_storage(ada: User, settings: Any) -> None:
    def stored() -> set[Path]:
        return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}

    make_file(ada)
    before = stored()
    settings.MAX_PERSON_FILE_BYTES = 1
    with pytest.raises(ValidationError):
        make_file(ada)
    assert stored() == before


def test_picture_at_the_limit_is_taken_and_one_pixel_more_is_not(ada: User, settings: Any) -> None:
    settings.MAX_IMAGE_PIXELS = 1_000
    assert refusal(ada, picture_bytes(1001, 1)) == ["A picture has at most 0.001 megapixels."]
    assert make_file(ada, picture_bytes(100, 10)).width == 100


def test_bomb_is_refused_by_its_header(ada: User) -> None:
    """A header that claims 20,000 x 20,000 pixels; nothing is decoded."""
    bomb = bytearray(picture_bytes(1, 1))
    bomb[16:24] = (20_000).to_bytes(4) * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4)
    assert refusal(ada, bytes(bomb)) == ["A picture has at most 50 megapixels."]


def test_picture_with_a_side_that_is_too_long_is_refused(ada: User) -> None:
    assert refusal(ada, picture_bytes(16_384, 1)) == ["A picture has at most 16,383 pixels a side."]
    assert make_file(ada, picture_bytes(16_383, 1)).width == 16_383


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (b"", "This file is empty."),
        (b"\x7fELF\x02\x01", "Files of this type can't be attached."),
        (picture_bytes()[:20], "This picture can't be read"),
    ],
)
def test_refusal_is_a_sentence(ada: User, content: bytes, begins: str) -> None:
    assert refusal(ada, content)[0].startswith(begins)


@pytest.mark.parametrize("content", [b"<!doctype html><p>A page", b"%PDF-1.7 "])
def test_what_is_named_as_a_picture_is_one(ada: User, content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        make_file(ada, content, name="Party.PNG")
    assert refused.value.message_dict["file"] == [
        "Party.PNG is named as a picture and holds something else. Send the picture itself."
    ]
    assert make_file(ada, content, name="party.txt").name == "party.txt"
