"""Files that are two kinds at once: each reader takes them for what it looks for."""

import re
from typing import IO
from zipfile import is_zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.files.media_types import PICTURES

ARCHIVES = frozenset({"application/zip"})
PDF = "application/pdf"
# Where such things are hidden: in what describes a picture, or behind its end.
_LOOKED_AT = 64 * 1024
_PAGE = re.compile(rb"<\s*(?:script\b|html\b|!doctype\s+html|\?php\b)", re.IGNORECASE)
# A picture whose width is the beginning of a program: GIF89a/*…, GIF89a=1;…
_SCRIPT = re.compile(rb"GIF8[79]a(?:/\*|=[\x20-\x7e])")
# Readers of PDF forgive so many bytes before it.
_PDF_HEAD = 1024


def refuse_two_in_one(content: IO[bytes], kind: str) -> None:
    """Raises ValidationError for the field file where content is of kind and of another as well.

    Office documents are archives, and text is one kind whatever stands in it.
    """
    if kind in ARCHIVES or kind.startswith(("text/", "application/octet")):
        return
    hidden = _hidden_in(content, kind)
    if hidden:
        sentence = _("This file is two at once: it also holds %(hidden)s. Save it anew, send that.")
        raise ValidationError({"file": sentence % {"hidden": hidden}})


def _hidden_in(content: IO[bytes], kind: str) -> str:
    head, tail = _ends(content)
    if _ends_an_archive(tail) or (kind in PICTURES and is_zipfile(content)):
        return _("an archive")
    if kind != PDF and b"%PDF-" in head[:_PDF_HEAD]:
        return _("a PDF")
    if kind in PICTURES and (_PAGE.search(head) or _PAGE.search(tail)):
        return _("a page")
    return _("a program") if _SCRIPT.match(head) else ""


def _ends_an_archive(tail: bytes) -> bool:
    """Archives are read from their end. Documents hold whole ones too, but never as the last.

    One with something behind it is let through outside of pictures, which are made anew anyway:
    nothing but pictures, sound, video and plain text is ever shown in the place of a page.
    """
    at = tail.rfind(b"PK\x05\x06")
    return at >= 0 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)


def _ends(content: IO[bytes]) -> tuple[bytes, bytes]:
    content.seek(0)
    head = content.read(_LOOKED_AT)
    size = content.seek(0, 2)
    content.seek(max(0, size - _LOOKED_AT))
    return head, content.read()
