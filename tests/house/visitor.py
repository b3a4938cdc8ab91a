"""A person whose requests know nothing of each other."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie

from django.db import transaction
from django.test import Client

from community.accounts.models import User


class Visitor:
    """Signs in once: that takes longer than most requests. Nobody signs in for None."""

    def __init__(self, person: User | None) -> None:
        self._client = Client()
        if person is not None:
            self._client.force_login(person)
        self._cookies = self._client.cookies.output(header="", sep=";")

    @contextmanager
    def visit(self) -> Iterator[Client]:
        """Give a client with the first cookies; what it does leaves nothing in the database."""
        self._client.cookies = SimpleCookie(self._cookies)
        with undone():
            yield self._client


@contextmanager
def undone() -> Iterator[None]:
    """The block leaves nothing in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
