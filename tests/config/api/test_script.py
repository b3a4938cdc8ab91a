"""A script that was written from the page "Use the API" alone does a day's work."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import InMemoryStorage
from pytest_django.fixtures import Settings

from discussions.exports.models import Export
from discussions.exports.tasks import write_export
from tests.config.api.script import Api, run
from tests.factories.community import make_person
from tests.factories.files import picture_bytes
from tests.factories.tokens import make_secret

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Elsewhere(InMemoryStorage):
    """A store that is not on this machine: what it keeps is sent by the application itself."""

    def path(self, name: str) -> str:
        raise NotImplementedError

    def _relative_path(self, name: str) -> str:
        return name


ELSEWHERE = {"BACKEND": f"{__name__}.Elsewhere"}


class Reporter:
    """Stands where a running job's context does."""

    def progress(self, done: int, total: int) -> None:
        pass


def write_exports() -> None:
    """What the worker does while a script waits."""
    for export in Export.objects.filter(ready_at=None):
        write_export.function(Reporter(), export.pk)


def test_script_asks_with_a_picture_shares_accepts_and_exports(
    live_server: Any, settings: Settings
) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": ELSEWHERE}
    ada, ben = make_person("Ada"), make_person("Ben")

    found = run(
        Api(live_server.url, make_secret(ada)),
        Api(live_server.url, make_secret(ben)),
        picture=picture_bytes(),
        colleague="Ben",
        wait=write_exports,
    )

    topic, link = found["topic"], found["link"]
    assert found["picture"]["name"] == "crack.png"
    assert found["picture"]["url"] in topic["opening"]["html"]
    assert topic["solved_at"] is not None
    assert [(post["author"], post["accepted_at"] is not None) for post in topic["posts"]] == [
        ("ben", True)
    ]
    assert (link["link"]["url"], link["rating"]) == ("https://example.org/cracks", 5.0)
    archive = ZipFile(io.BytesIO(found["archive"]))
    texts = b"\n".join(archive.read(name) for name in archive.namelist() if name.endswith(".md"))
    assert b"It is paint." in texts
