"""Collections for tests, made by the product's own actions."""

from itertools import count
from typing import Any

from community.accounts.models import User
from learning.collections.actions import create_collection
from learning.collections.models import Collection

_numbers = count(1)


def make_collection(*, by: User, **fields: Any) -> Collection:
    return create_collection(by=by, **({"title": f"Collection {next(_numbers)}"} | fields))
