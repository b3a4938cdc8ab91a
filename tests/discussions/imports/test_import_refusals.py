"""What stops an import: one sentence that names the file and the fix, and nothing half done."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from community.accounts.models import User
from community.spaces.models import Space
from discussions.management.commands.import_stackexchange import Command
from tests.discussions.imports.conftest import command
from tests.discussions.imports.snapshot import snapshot, wipe

pytestmark = pytest.mark.slow


def refusal(folder: Path, *options: str) -> str:
    before = snapshot()
    with pytest.raises(CommandError) as caught:
        command(folder, *options)
    assert snapshot() == before, "something was written"
    return str(caught.value)


@pytest.mark.django_db
def test_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none", "--space", "Bikes", "--create-space") == (
        f"{tmp_path}/none is no folder: give the one into which the dump was unpacked."
    )


@pytest.mark.django_db
def test_folder_without_posts_is_no_dump(tmp_path: Path) -> None:
    assert refusal(tmp_path, "--space", "Bikes", "--create-space") == (
        f"There is no Posts.xml in {tmp_path}: give the folder of an unpacked dump."
    )


@pytest.mark.django_db
def test_dump_without_users_is_refused(dump: Path) -> None:
    (dump / "Users.xml").unlink()
    assert refusal(dump, "--space", "Bikes", "--create-space") == (
        f"There is no Users.xml in {dump}: unpack that file of the dump there, too."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Users", "Posts", "PostHistory", "Badges"])
def test_broken_file_stops_everything(dump: Path, name: str) -> None:
    path = dump / f"{name}.xml"
    path.write_text(path.read_text()[:-20])
    message = refusal(dump, "--space", "Bikes", "--create-space")
    assert message.startswith(f"{path} is broken at line ")
    assert message.endswith("): unpack the dump again.")


@pytest.mark.django_db
def test_file_of_something_else_is_named(dump: Path) -> None:
    (dump / "Votes.xml").write_text("<html></html>")
    assert refusal(dump, "--space", "Bikes", "--create-space") == (
        f"{dump}/Votes.xml starts with <html>, not <votes>: put the dump's own file there."
    )


@pytest.mark.django_db
def test_entities_are_refused(dump: Path) -> None:
    bomb = '<!DOCTYPE posts [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><posts><row Id="&b;"/></posts>'
    (dump / "Posts.xml").write_text(bomb)
    assert refusal(dump, "--space", "Bikes", "--create-space") == (
        f"{dump}/Posts.xml declares entities, which no dump does: remove them."
    )


@pytest.mark.django_db
def test_missing_space_is_named(dump: Path) -> None:
    assert refusal(dump, "--space", "Bikes") == (
        "There is no space Bikes: make it first, or add --create-space."
    )


def test_name_of_another_space_is_refused(dump: Path, space: Space) -> None:
    assert refusal(dump, "--space", "Workshop", "--create-space") == (
        "There is a space Workshop already: leave out --create-space to import into it."
    )


@pytest.mark.django_db
def test_second_space_of_a_site_is_refused(dump: Path) -> None:
    command(dump, "--space", "Bikes", "--create-space")
    assert refusal(dump, "--space", "Wheels", "--create-space") == (
        "sample is in the space Bikes already: leave out --create-space and say --space bikes."
    )


def test_second_space_of_a_site_in_an_older_one_is_refused(dump: Path, space: Space) -> None:
    command(dump, "--space", "Workshop")
    assert refusal(dump, "--space", "Wheels", "--create-space") == (
        "sample is in the space Workshop already: leave out --create-space "
        f"and say --space {space.slug}."
    )


@pytest.mark.django_db
def test_name_that_is_too_long_is_refused(dump: Path) -> None:
    assert refusal(dump, "--space", "x" * 81, "--create-space") == (
        "A space's name has 1 to 80 characters, and --space has 81."
    )


def test_name_of_two_spaces_is_refused(dump: Path, mia: User) -> None:
    for slug in ("bikes", "bikes-2"):
        Space.objects.create(name="The bikes", slug=slug)
    assert refusal(dump, "--space", "The bikes") == (
        "Several spaces are called The bikes: name one by its address (bikes, bikes-2)."
    )


@pytest.mark.django_db
def test_empty_file_is_named(dump: Path) -> None:
    (dump / "Users.xml").write_text("")
    assert refusal(dump, "--space", "Bikes", "--create-space") == (
        f"{dump}/Users.xml is empty: unpack the dump again."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["klingon", "shift_jis"])
def test_encoding_that_nobody_reads_is_named(dump: Path, encoding: str) -> None:
    (dump / "Users.xml").write_text(f'<?xml version="1.0" encoding="{encoding}"?><users></users>')
    assert refusal(dump, "--space", "Bikes", "--create-space") == (
        f"{dump}/Users.xml names no usable encoding: unpack the dump again."
    )


@pytest.mark.django_db
def test_file_that_cannot_be_read_is_named(dump: Path) -> None:
    path = dump / "Users.xml"
    path.unlink()
    path.symlink_to(dump / "nowhere")
    assert refusal(dump, "--space", "Bikes", "--create-space") == (
        f"{path} can't be read (No such file or directory): unpack the dump where you may read it."
    )
    path.unlink()
    path.mkdir()
    assert refusal(dump, "--space", "Bikes", "--create-space") == (
        f"{path} can't be read (Is a directory): unpack the dump where you may read it."
    )


@pytest.mark.django_db
def test_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    # Longer than any system allows: stands for all that the system refuses, for root as well.
    folder = tmp_path / ("x" * 300)
    assert refusal(folder, "--space", "Bikes", "--create-space") == (
        f"{folder} can't be read (File name too long): unpack the dump where you may read it."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_name_that_is_blank_is_refused(dump: Path, name: str) -> None:
    assert refusal(dump, "--space", name) == (
        "A space's name has 1 to 80 characters, and --space has 0."
    )


@pytest.mark.django_db
def test_list_that_cannot_be_written_costs_the_list_only(dump: Path, settings: Settings) -> None:
    chosen = ("--space", "Bikes", "--create-space", "--json")
    whole = json.loads(command(dump, *chosen).splitlines()[-1])
    wipe()
    settings.DATA_DIR = dump / "Users.xml"
    output = command(dump, *chosen)
    assert json.loads(output.splitlines()[-1]) == whole
    assert "Neither is listed: " in output
    assert Space.objects.get().topic_count == 3


@pytest.mark.django_db
def test_stopping_says_how_to_go_on(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*what: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Command, "_show", interrupt)
    with pytest.raises(CommandError) as caught:
        command(dump, "--space", "Bikes", "--create-space")
    assert str(caught.value) == "Stopped: run this again, and it goes on where it stood."
    assert caught.value.returncode == 130
