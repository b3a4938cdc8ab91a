"""Captions of a video: WebVTT or SubRip comes in, plain WebVTT goes out.

WebVTT (https://www.w3.org/TR/webvtt1/) may carry styles and regions, which captions don't need and
which nobody has to trust; only times and what is said are kept.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 256 * 1024
_TIME = r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMES = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?")


def clean_captions(content: bytes) -> str:
    """Return content as WebVTT. Raises ValidationError for the field captions."""
    if len(content) > MAX_BYTES:
        raise _refused(_("Captions have at most 256 KB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(_("Save the captions as UTF-8 text: these can't be read.")) from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
    cues = list(_cues(lines))
    if not cues:
        raise _refused(
            _("Choose a WebVTT (.vtt) or SubRip (.srt) file, with lines such as %(line)s.")
            % {"line": "00:01.000 --> 00:04.000"}
        )
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _cues(lines: list[str]) -> list[str]:
    cues, at = [], 0
    while at < len(lines):
        times = _TIMES.fullmatch(lines[at])
        at += 1
        if times is None:
            continue
        said = []
        while at < len(lines) and lines[at].strip():
            said.append(lines[at].replace("-->", "→"))
            at += 1
        if said and _moment(times, 1) < _moment(times, 5):
            cues.append("\n".join([f"{_moment(times, 1)} --> {_moment(times, 5)}", *said]))
    return cues


def _moment(times: re.Match[str], first: int) -> str:
    hours, minutes, seconds, thousandths = times.group(first, first + 1, first + 2, first + 3)
    return f"{int(hours or 0):02}:{minutes}:{seconds}.{thousandths}"


def _refused(sentence: str) -> ValidationError:
    return ValidationError({"captions": sentence})
