"""Two dumps that would go by one name, since their folders have the same."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from community.accounts.models import User
from discussions.topics.models import Post
from tests.discussions.imports.conftest import command
from tests.discussions.imports.sample_dump import SAMPLE, Rows, write_dump
from tests.discussions.imports.snapshot import snapshot

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

CHOSEN = ("--space", "Bikes", "--create-space")


def later(name: str) -> Rows:
    """The rows of a file, each a thing of another site: made at another time."""
    return [{**row, "CreationDate": "2021-05-05T05:05:05.000"} for row in SAMPLE[name]]


@pytest.mark.parametrize("differing", ["Users", "Posts"])
def test_other_dump_in_a_folder_of_the_same_name_is_refused(
    dump: Path, tmp_path: Path, differing: str
) -> None:
    command(dump, *CHOSEN)
    before = snapshot()
    other = write_dump(tmp_path / "b" / "sample", {**SAMPLE, differing: later(differing)})
    with pytest.raises(CommandError) as caught:
        command(other, *CHOSEN)
    assert str(caught.value) == (
        f"{other} isn't the dump of sample that is here already: "
        "give the host of its own site with --site."
    )
    assert snapshot() == before


def test_other_dump_comes_in_with_its_own_host(dump: Path, tmp_path: Path) -> None:
    command(dump, *CHOSEN)
    files = {**SAMPLE, "Users": later("Users"), "Posts": later("Posts")}
    other = write_dump(tmp_path / "b" / "sample", files)
    command(other, "--space", "Wheels", "--create-space", "--site", "wheels.example")
    assert Post.objects.filter(topic__space__name="Wheels", kind="opening").count() == 3


def test_same_dump_from_another_folder_adds_nothing(dump: Path, tmp_path: Path) -> None:
    command(dump, *CHOSEN)
    before = snapshot()
    command(write_dump(tmp_path / "b" / "sample"), *CHOSEN)
    assert snapshot() == before


def test_rows_without_a_date_are_not_compared(dump: Path, tmp_path: Path) -> None:
    command(dump, *CHOSEN)
    users: Rows = [{"Id": 1}, {"Id": "x", "CreationDate": "never"}, *SAMPLE["Users"]]
    command(write_dump(tmp_path / "b" / "sample", {**SAMPLE, "Users": users}), *CHOSEN)
    assert User.objects.filter(name="Ada Lovelace").count() == 2
