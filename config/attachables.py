"""What files can hang on: kind to the rows that a viewer may read. attachments loads it by name."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from community.accounts.access import visible_people
from community.accounts.models import User
from discussions.resources.access import readable_resources
from discussions.topics.access import readable_posts

ATTACHABLES: dict[str, Callable[[User], QuerySet[Any]]] = {
    "post": readable_posts,
    "resource": readable_resources,
    # The photo of a profile.
    "person": visible_people,
}
