"""What a file is, told by its content and never by its name."""

import codecs
import re
from typing import IO

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
# What a browser may show in the place of a page; everything else it only saves.
SHOWN = frozenset(
    {"image/webp", "video/mp4", "video/webm", "audio/mpeg", "audio/ogg", "audio/wav", "text/plain"}
)
DOWNLOAD = "application/octet-stream"

# (offset, bytes there, media type)
_MAGIC = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"%PDF-", "application/pdf"),
    # Office documents of today are such archives too.
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (257, b"ustar", "application/x-tar"),
    (0, b"{\\rtf", "application/rtf"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
)
_HEAD_BYTES = 1024
# Pictures in the same container as MP4, which browsers and we can't read.
_NO_VIDEO = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
_RIFF = frozenset({"image/webp", "audio/wav"})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP = re.compile(r"<\s*(?:!doctype|\?xml|html|head|body|svg|script|iframe|!--)", re.IGNORECASE)


def media_type(content: IO[bytes]) -> str | None:
    """Return what content is, None for what nobody may attach.

    Text that a browser might take for HTML or SVG is DOWNLOAD.
    """
    content.seek(0)
    head = content.read(_HEAD_BYTES)
    found = next((kind for at, magic, kind in _MAGIC if head.startswith(magic, at)), None)
    if found in _RIFF and not head.startswith(b"RIFF"):
        found = None
    if found == "video/mp4" and head[8:12] in _NO_VIDEO:
        return None
    return found or _text_type(content)


def _text_type(content: IO[bytes]) -> str | None:
    """Text holds no control characters; what is no UTF-8, such as old tables, is only saved."""
    content.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    is_plain = True
    while block := content.read(64 * 1024):
        letters = block.decode("latin-1")
        if _CONTROL.search(letters):
            return None
        is_plain = is_plain and not _MARKUP.search(letters) and _continues(decoder, block)
    return "text/plain" if is_plain and _continues(decoder, b"", final=True) else DOWNLOAD


def _continues(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
