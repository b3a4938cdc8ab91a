import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageCms

from community.accounts.models import User
from community.files.models import File
from community.files.tasks import make_sizes
from tests.factories.files import make_file, make_picture, picture_bytes, run_make_sizes

RED_AT_LEAST = 150


def opened(file: File, width: int) -> Image.Image:
    with default_storage.open(file.stored_size(width)) as content:
        return Image.open(io.BytesIO(content.read()))


def is_red(image: Image.Image, at: tuple[int, int]) -> bool:
    pixel = image.convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return pixel[0] > RED_AT_LEAST


def test_sizes_are_webp_of_the_same_shape(ada: User) -> None:
    file = make_picture(ada, width=1200, height=600)

    assert file.made_widths == [480, 960, 1200]
    assert [opened(file, width).size for width in file.made_widths] == [
        (480, 240),
        (960, 480),
        (1200, 600),
    ]
    assert {opened(file, width).format for width in file.made_widths} == {"WEBP"}


def test_metadata_is_gone_and_the_picture_is_upright(ada: User) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ada"
    exif[0x0112] = 6  # lies on its side: the top left corner belongs at the top right
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = make_picture(
        ada, width=400, height=200, kind="JPEG", exif=exif.tobytes(), icc_profile=profile
    )

    size = opened(file, 200)
    assert (file.width, file.height, size.size) == (200, 400, (200, 400))
    assert is_red(size, (195, 5))
    assert not is_red(size, (5, 5))
    with default_storage.open(file.stored_size(200)) as content:
        written = content.read()
    assert [part for part in (b"EXIF", b"XMP ", b"ICCP", b"Camera") if part in written] == []


def test_transparency_stays(ada: User) -> None:
    drawn = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(drawn, "PNG")
    file = make_file(ada, drawn.getvalue())
    run_make_sizes(file)
    assert opened(file, 20).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_read(ada: User, mode: str) -> None:
    drawn = io.BytesIO()
    Image.new(mode, (20, 20)).save(drawn, "JPEG" if mode == "CMYK" else "PNG")
    file = make_file(ada, drawn.getvalue())
    run_make_sizes(file)
    assert file.made_widths == [20]


def test_program_behind_a_gif_is_not_in_what_is_shown(ada: User) -> None:
    file = make_file(ada, picture_bytes(kind="GIF") + b"/*=1;alert(1)*/")
    run_make_sizes(file)
    with default_storage.open(file.stored_size(40)) as content:
        assert b"alert" not in content.read()


def test_second_run_changes_nothing(ada: User) -> None:
    file = make_picture(ada)
    run_make_sizes(file)
    assert file.made_widths == [40]


def test_damaged_picture_becomes_a_file_to_save(ada: User) -> None:
    file = make_file(ada, picture_bytes(400, 400, "JPEG", quality=95)[:700])
    run_make_sizes(file)
    assert (file.media_type, file.made_widths, file.picture) == (
        "application/octet-stream",
        [],
        None,
    )


def test_picture_that_was_removed_meanwhile_is_no_failure(ada: User) -> None:
    key = make_picture(ada, made=False).pk
    File.objects.all().delete()
    make_sizes.function(None, key)


def test_picture_that_the_storage_lost_is_a_failure(ada: User) -> None:
    file = make_picture(ada, made=False)
    default_storage.delete(file.stored_as)
    with pytest.raises(FileNotFoundError):
        run_make_sizes(file)
