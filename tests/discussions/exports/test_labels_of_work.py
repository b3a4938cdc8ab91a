"""Those who run the site see all long work, and learn no name of a secret space from it."""

from django.test import Client

from community.accounts.models import User
from community.jobs.models import BackgroundJob
from community.spaces.models import Space
from discussions.exports.actions import ask_for_export
from discussions.sheets.actions import send_sheet
from tests.discussions.sheets.conftest import GOOD


def test_work_on_a_secret_space_names_it_to_nobody(
    client: Client, admin: User, secret: Space, mia: User
) -> None:
    ask_for_export(by=mia, space=secret)
    send_sheet(secret, GOOD.encode(), by=mia)
    assert BackgroundJob.objects.count() == 2
    client.force_login(admin)
    page = client.get("/admin/work?show=jobs").content.decode()
    assert "Export of a space" in page
    assert "Check of a sheet" in page
    assert secret.name not in page
