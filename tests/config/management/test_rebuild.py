from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.rebuilds import REBUILDS, Progress


def letters(progress: Progress) -> int:
    progress(1, 2)
    progress(2, 2)
    return 1234


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(REBUILDS):
        monkeypatch.delitem(REBUILDS, name)
    monkeypatch.setitem(REBUILDS, "letters", letters)
    monkeypatch.setitem(REBUILDS, "numbers", lambda progress: 5)


def rebuild(*arguments: str, out: StringIO | None = None) -> str:
    out = out or StringIO()
    call_command("rebuild", *arguments, stdout=out)
    return out.getvalue()


def test_rebuild_says_how_many_rows_it_went_through() -> None:
    assert rebuild("letters") == "letters: 1,234 rows in 0.0 s\n"


def test_rebuild_of_all_takes_every_entry() -> None:
    lines = rebuild("--all").splitlines()
    assert [line.split(":")[0] for line in lines] == ["letters", "numbers"]


def test_rebuild_shows_progress_on_a_terminal() -> None:
    shown = rebuild("letters", out=Terminal())
    assert shown == "\r\x1b[Kletters: 1 of 2\r\x1b[Kletters: 1,234 rows in 0.0 s\n"


def test_unknown_name_is_refused_before_anything_is_done() -> None:
    with pytest.raises(CommandError, match=r"no 'x'\. There is: letters, numbers"):
        rebuild("letters", "x")


def test_no_name_is_refused() -> None:
    with pytest.raises(CommandError, match="Say what to rebuild"):
        rebuild()
