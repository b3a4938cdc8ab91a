"""The name of a file as people see it and as it is saved."""

import re

from community.text.names import clean_name

MAX_LENGTH = 120
# What some system takes for a part of a path, or refuses.
_PATH = re.compile(r'[:*?"<>|]')


def clean_file_name(name: str) -> str:
    """Return the last part of name without what can't be seen; "file" where nothing is left."""
    last = re.split(r"[/\\]", name)[-1]
    cleaned = clean_name(_PATH.sub("_", last)).lstrip(". ")
    return _shortened(cleaned) or "file"


def _shortened(name: str) -> str:
    """The ending stays, since it tells people what to open the file with."""
    if len(name) <= MAX_LENGTH:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:MAX_LENGTH]
    return f"{stem[: MAX_LENGTH - len(ending) - 1]}.{ending}"
