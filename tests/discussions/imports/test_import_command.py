import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Origin, Topic
from tests.discussions.imports.conftest import command
from tests.discussions.imports.sample_dump import SAMPLE, write_dump
from tests.discussions.imports.snapshot import snapshot

pytestmark = pytest.mark.slow

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
def test_dump_of_posts_and_users_is_enough(tmp_path: Path) -> None:
    folder = write_dump(tmp_path / "few", {name: SAMPLE[name] for name in ("Posts", "Users")})
    lines = command(folder, "--space", "Bikes", "--create-space", "--json").splitlines()
    found = json.loads(lines[-1])
    assert (found["questions"]["added"], found["answers"]["added"]) == (3, 3)
    topic = Topic.objects.get(title="Why does the tunnel drop?")
    # Without Votes.xml a score is all that is known of the votes.
    assert (topic.score, topic.byline) == (2, "Ada Lovelace")
    assert sorted(topic.tags.values_list("name", flat=True)) == ["networks", "vpn"]
