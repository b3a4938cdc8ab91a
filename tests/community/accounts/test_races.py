"""Two who want the same name at the same moment: one transaction stays open for a while."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from community.accounts.actions import Profile, change_handle, create_person
from community.outbox.recording import action
from tests.factories.community import make_person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SECONDS_OPEN = 0.4


@contextmanager
def meanwhile(write: Callable[[], object]) -> Iterator[None]:
    """Run the block while write is carried out and not yet committed."""
    written = threading.Event()

    @action
    def slowly() -> None:
        write()
        written.set()
        time.sleep(SECONDS_OPEN)

    def run() -> None:
        try:
            slowly()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(run)
        assert written.wait(5)
        yield
        running.result()


def add_ida() -> None:
    create_person(Profile(name="Ida"), by=None, email="ida@example.com")


@pytest.mark.parametrize(
    ("email", "handle", "wrong"),
    [("ida@example.com", "", ["email"]), (None, "ida", ["handle"])],
)
def test_name_taken_at_the_same_moment_is_refused(
    email: str | None, handle: str, wrong: list[str]
) -> None:
    with meanwhile(add_ida), pytest.raises(ValidationError) as error:
        create_person(Profile(name="Ida"), by=None, email=email, handle=handle)

    assert sorted(error.value.message_dict) == wrong


def test_two_of_one_name_added_at_once_get_two_handles() -> None:
    with meanwhile(add_ida):
        second = create_person(Profile(name="Ida"), by=None, email=None)

    assert second.handle == "ida2"


def test_handle_taken_at_the_same_moment_is_refused() -> None:
    ida, eve = make_person("Ida"), make_person("Eve")

    with (
        meanwhile(lambda: change_handle(ida, "boss", by=ida)),
        pytest.raises(ValidationError) as error,
    ):
        change_handle(eve, "boss", by=eve)

    assert sorted(error.value.message_dict) == ["handle"]
