"""One server a data folder: two would write to one SQLite file past each other's gate."""

import fcntl
import os
from pathlib import Path

NAME = "serving.lock"


class FolderInUse(Exception):  # noqa: N818 - what is the matter with the folder
    """Says in a sentence which folder, and what to do."""


def keep_folder(folder: Path) -> int:
    """Hold folder until this process, and what it turns into, ends; return the descriptor.

    The lock goes with the process, however that ends, so that nothing stale stays behind. Raises
    FolderInUse where another one holds it.
    """
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise FolderInUse(
            f"The data folder {folder} is in use by another server: stop that one, or choose"
            " another folder with DATA_DIR."
        ) from error
    os.set_inheritable(descriptor, True)
    return descriptor
