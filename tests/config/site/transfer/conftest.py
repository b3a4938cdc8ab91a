from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from community.accounts.models import HandleRedirect
from community.attachments.models import Attachment
from community.departures.models import Departure
from community.files.models import File
from community.spaces.models import SpaceRedirect
from config.site.transfer.exporting import export_site
from discussions.reading.models import SpaceWatermark, TopicReading, Visit
from tests.house.make_office import make_office
from tests.house.office import Office


@pytest.fixture
def kept(tmp_path: Path, settings: Settings) -> Path:
    """The folder of the site's files, empty."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "kept"
    return tmp_path / "kept"


@pytest.fixture
def office(transactional_db: None, kept: Path) -> Office:
    """Some of everything, with a file that hangs on a post."""
    office = make_office()
    HandleRedirect.objects.create(handle="ada-before", person=office.people["ada"])
    SpaceRedirect.objects.create(slug="workshop-before", space=office.workshop)
    _read(office)
    _leave(office)
    # The office may have stored pictures under the same two letters.
    (kept / "ab").mkdir(parents=True, exist_ok=True)
    (kept / "ab" / "random").write_bytes(b"%PDF" * 1000)
    file = File.objects.create(
        owner=office.people["ada"],
        name="plan.pdf",
        stored_as="ab/random",
        media_type="application/pdf",
        size=4000,
        sha256="0" * 64,
    )
    Attachment.objects.create(file=file, kind="post", object_id=office.answer.pk)
    return office


def _leave(office: Office) -> None:
    """Somebody was away for a while and is back."""
    ada = office.people["ada"]
    Departure.objects.create(person=ada, by=ada, returned_at=timezone.now(), returned_by=ada)


def _read(office: Office) -> None:
    ada, now = office.people["ada"], timezone.now()
    TopicReading.objects.create(person=ada, topic=office.question, highest_number=3)
    SpaceWatermark.objects.create(person=ada, space=office.workshop, read_until=now)
    Visit.objects.create(person=ada)


@pytest.fixture
def export(office: Office, tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    export_site(folder, silent)
    return folder


def empty_site(kept: Path) -> None:
    """As a site is before anybody came."""
    call_command("flush", interactive=False, verbosity=0)
    for path in kept.rglob("*"):
        if path.is_file():
            path.unlink()


def silent(what: str, done: int, total: int) -> None:
    """A run without progress."""
