from collections.abc import Callable

import pytest

from community.accounts.models import User
from community.spaces.models import Space
from discussions.sheets.actions import send_sheet, start_import
from discussions.sheets.models import Sheet
from discussions.sheets.tasks import check_sheet, import_sheet

HEADER = "title,question,tags,answer,accepted\n"
GOOD = (
    HEADER
    + "How do I reset the scanner?,It shows *E4*. Ask @ada.,scanner vpn,Hold both keys.,yes\n"
    + ",,,Take the battery out.,no\n"
    + "Where are the labels?,I can't find them.,labels,,\n"
)
Send = Callable[[str], Sheet]


class Reporter:
    """Stands where a running job's context does."""

    def __init__(self) -> None:
        self.reported: list[tuple[int, int]] = []

    def progress(self, done: int, total: int) -> None:
        self.reported.append((done, total))


@pytest.fixture
def send(space: Space, mia: User) -> Send:
    """Mia sends a sheet into her space, and the worker checks it."""

    def run(text: str) -> Sheet:
        sheet = send_sheet(space, text.encode(), by=mia)
        check_sheet.function(Reporter(), sheet.pk)
        sheet.refresh_from_db()
        return sheet

    return run


def bring_in(sheet: Sheet, *, leaves_out: bool = False) -> Sheet:
    """Say yes, and let the worker import it."""
    start_import(sheet, by=sheet.person, leaves_out=leaves_out)
    import_sheet.function(Reporter(), sheet.pk)
    sheet.refresh_from_db()
    return sheet
