"""The account that a server runs as: these servers refuse root."""

import os
import pwd
from typing import TypedDict


class Account(TypedDict, total=False):
    """Arguments of Popen that run a program as another user; empty when we are not root."""

    user: int
    group: int
    extra_groups: list[int]


def unprivileged(name: str = "nobody") -> Account:
    """The named account, or nobody where it does not exist; unless we are root, our own."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        entry = pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
