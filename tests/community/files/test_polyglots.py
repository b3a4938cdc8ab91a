"""What is two kinds of file at once is refused with a sentence; what only looks so is not."""

import io
import tarfile
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from community.files.media_types import media_type
from community.files.polyglots import refuse_two_in_one
from tests.factories.files import picture_bytes

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
FILM = b"\x1aE\xdf\xa3" + bytes(2_000)


def archive() -> bytes:
    found = io.BytesIO()
    with ZipFile(found, "w") as file:
        file.writestr("run.html", "<script>alert(1)</script>")
    return found.getvalue()


def tar() -> bytes:
    """An archive may well hold another, as its last."""
    found, inner = io.BytesIO(), archive()
    with tarfile.open(fileobj=found, mode="w") as file:
        entry = tarfile.TarInfo("inner.zip")
        entry.size = len(inner)
        file.addfile(entry, io.BytesIO(inner))
    return found.getvalue()


def check(content: bytes) -> None:
    file = ContentFile(content)
    kind = media_type(file)
    assert kind is not None
    refuse_two_in_one(file, kind)


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        (picture_bytes() + archive(), "an archive"),
        (picture_bytes(kind="JPEG") + archive() + b"\n", "an archive"),
        (PDF + archive(), "an archive"),
        (FILM + archive(), "an archive"),
        (picture_bytes() + PDF, "a PDF"),
        (picture_bytes(kind="JPEG", comment=b"<script>alert(1)</script>"), "a page"),
        (picture_bytes() + b"<HTML><body onload=x>", "a page"),
        (picture_bytes(kind="GIF") + b"<?php system(1);", "a page"),
        (b"GIF89a/*" + picture_bytes(kind="GIF")[8:] + b"*/=1;alert(1)", "a program"),
        (b"GIF89a=1" + picture_bytes(kind="GIF")[8:] + b";alert(1)", "a program"),
    ],
)
def test_two_kinds_in_one_file_are_refused(content: bytes, hidden: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check(content)
    assert refused.value.message_dict["file"][0].startswith(
        f"This file is two at once: it also holds {hidden}."
    )


@pytest.mark.parametrize(
    "content",
    [
        *(picture_bytes(kind=kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")),
        picture_bytes(width=1_100, kind="JPEG", comment=b"<x:xmpmeta> taken in Graz"),
        PDF,
        # A document that brings another along.
        PDF + archive() + b"endstream\nendobj\ntrailer\n%%EOF\n",
        FILM,
        archive(),
        tar(),
        b"Write <script> to begin, and %PDF- or PK for others.\n",
    ],
)
def test_one_kind_is_taken(content: bytes) -> None:
    check(content)
