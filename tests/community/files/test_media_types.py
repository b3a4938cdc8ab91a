import io
import zipfile

import pytest

from community.files.media_types import DOWNLOAD, SHOWN, media_type
from tests.factories.files import picture_bytes


def archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (picture_bytes(), "image/png"),
        (picture_bytes(kind="JPEG"), "image/jpeg"),
        (picture_bytes(kind="GIF"), "image/gif"),
        (picture_bytes(kind="WEBP"), "image/webp"),
        (b"%PDF-1.7\n", "application/pdf"),
        (archive(), "application/zip"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", None),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"none\0\0\0\0WAVEfmt ", None),
        ("Grüße\n\ta;b".encode(), "text/plain"),
        (b"\xef\xbb\xbfa;b", "text/plain"),
        ("Grüße".encode("latin-1"), DOWNLOAD),
        ("Grüße".encode()[:3], DOWNLOAD),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", DOWNLOAD),
        (b"a" * 70_000 + b"< ScRipt>alert(1)</script>", DOWNLOAD),
        (b"\x7fELF\x02\x01\x01", None),
        (b"MZ\x90\x00", None),
        (b"a\0b", None),
    ],
)
def test_media_type_is_told_by_content(content: bytes, expected: str | None) -> None:
    assert media_type(io.BytesIO(content)) == expected


def test_pdf_that_is_an_archive_too_is_only_saved() -> None:
    assert media_type(io.BytesIO(b"%PDF-1.7\n" + archive())) == "application/pdf"
    assert "application/pdf" not in SHOWN


def test_nothing_that_runs_scripts_is_shown() -> None:
    assert SHOWN & {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"} == set()
