"""One tag for two questions: is my copy fresh, and did somebody edit since I read.

`"7.c0ffee"` is version 7 with a digest of the answer. An edit fails on another version only, so
that a vote doesn't stand in its way; a copy is stale as soon as any byte differs.
"""

import re
from hashlib import blake2b

from django.utils.translation import gettext as _
from rest_framework.request import Request

from community.http.api.errors import VersionRequired
from community.http.conflicts import EditConflict

TAG = re.compile(r'(?:W/)?"([^"]*)"')


def tag_of(content: bytes, version: int | None) -> str:
    digest = blake2b(content, digest_size=9).hexdigest()
    return f'"{digest}"' if version is None else f'"{version}.{digest}"'


def is_known(request: Request, tag: str) -> bool:
    """Tell whether the program has the answer with this tag already."""
    asked = request.headers.get("If-None-Match", "")
    return asked.strip() == "*" or tag.strip('"') in TAG.findall(asked)


def wanted_version(request: Request) -> int | None:
    """Return the version that If-Match names; None for `*`, whatever there is.

    Weak tags count as well: compression on the way makes ours weak. Raises VersionRequired
    without the header, EditConflict for a tag that no answer with a version bore.
    """
    asked = request.headers.get("If-Match", "").strip()
    if not asked:
        raise VersionRequired(_("Send If-Match with the ETag that you read, or with *."))
    if asked == "*":
        return None
    tags = [tag.partition(".")[0] for tag in TAG.findall(asked)]
    versions = [int(tag) for tag in tags if tag.isascii() and tag.isdigit() and len(tag) < 10]
    if not versions:
        raise EditConflict(None)
    return max(versions)
