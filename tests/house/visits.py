"""What a test asks of one page: the address, as whom, and what is typed there."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import Resolver404, resolve


@dataclass(frozen=True)
class Visit:
    """by: a person of the office, or nobody. typed: what is posted; None means a plain GET."""

    path: str
    by: str = ""
    typed: dict[str, Any] | None = None
    status: int = 200

    @property
    def kind(self) -> str:
        """The name of the route, or the status where there is no page."""
        return (
            name_of(self.path) if self.status < 400 or self.typed is not None else str(self.status)
        )

    def __str__(self) -> str:
        verb = "POST" if self.typed is not None else "GET"
        return f"{verb} {self.path} as {self.by or 'nobody'}"


def name_of(path: str) -> str:
    try:
        return str(resolve(path.partition("?")[0]).url_name)
    except Resolver404:
        return ""


@dataclass(frozen=True)
class Group:
    name: str
    visits: list[Visit] = field(default_factory=list)
