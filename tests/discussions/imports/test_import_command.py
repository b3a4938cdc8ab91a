import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Origin, Topic
from tests.discussions.imports.sample_dump import SAMPLE, write_dump
from tests.discussions.imports.snapshot import snapshot

KINDS = (
    "users",
    "questions",
    "answers",
    "comments",
    "votes",
    "acceptances",
    "tags",
    "links",
    "duplicates",
    "revisions",
)


def command(folder: Path, *options: str) -> str:
    output = StringIO()
    call_command("import_stackexchange", str(folder), *options, stdout=output, stderr=StringIO())
    return output.getvalue()


def refusal(folder: Path, *options: str) -> str:
    before = snapshot()
    with pytest.raises(CommandError) as caught:
        command(folder, *options)
    assert snapshot() == before, "something was written"
    return str(caught.value)


@pytest.mark.django_db
def test_last_line_is_one_object(dump: Path) -> None:
    lines = command(dump, "--space", "Bikes", "--create-space", "--json").splitlines()
    found = json.loads(lines[-1])
    assert tuple(found) == KINDS
    assert found["questions"] == {"read": 3, "added": 3, "skipped": 0}
    assert lines[0].split() == ["read", "added", "skipped"]
    assert lines[2].split() == ["questions", "3", "3", "0"]


def test_report_says_where_old_ids_lead(
    dump: Path, space: Space, client: Client, ada: User
) -> None:
    last = command(dump, "--space", "workshop").splitlines()[-1]
    pattern = last.split()[-1]
    question = Origin.objects.filter(kind="question").first()
    assert question is not None
    client.force_login(ada)
    answer = client.get(pattern.replace("<id>", question.external_id))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/t/")


def test_existing_space_takes_the_topics(dump: Path, space: Space) -> None:
    command(dump, "--space", "workshop")
    assert Topic.objects.filter(space=space).count() == 3


@pytest.mark.django_db
def test_dry_run_writes_nothing_and_says_what_it_would(tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "tried")
    before = snapshot()
    lines = command(dump, "--space", "Bikes", "--create-space", "--dry-run", "--json").splitlines()
    assert snapshot() == before
    assert not (settings.DATA_DIR / "imports" / f"{dump.name}-dangling.txt").exists()
    dry = json.loads(lines[-1])
    wet = json.loads(command(dump, "--space", "Bikes", "--create-space", "--json").splitlines()[-1])
    assert dry == wet
    assert "would add" in lines[0]


@pytest.mark.django_db
def test_dump_of_posts_alone_is_enough(tmp_path: Path) -> None:
    folder = write_dump(tmp_path / "posts", {"Posts": SAMPLE["Posts"]})
    lines = command(folder, "--space", "Bikes", "--create-space", "--json").splitlines()
    found = json.loads(lines[-1])
    assert (found["questions"]["added"], found["answers"]["added"]) == (3, 3)
    topic = Topic.objects.get(title="Why does the tunnel drop?")
    # Without Votes.xml a score is all that is known of the votes.
    assert (topic.score, topic.author, topic.byline) == (2, None, "user1")
    assert sorted(topic.tags.values_list("name", flat=True)) == ["networks", "vpn"]


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
