"""Names that a dump brings in: what nobody sees goes, and the site's own handles stay free."""

from collections.abc import Callable
from pathlib import Path

import pytest

from community.accounts.handles import RESERVED
from community.accounts.models import User
from discussions.imports.tally import Tally
from discussions.tags.models import Tag
from discussions.topics.models import Post, Topic
from tests.discussions.imports.sample_dump import Rows, write_dump
from tests.discussions.imports.snapshot import snapshot

pytestmark = pytest.mark.slow

Run = Callable[[Path], Tally]

DAY = "2020-02-01T10:00:00.000"
UNSEEN = "\u202e\u200b"
NAMES: dict[str, Rows] = {
    "Users": [
        {"Id": 1, "DisplayName": f"{UNSEEN}Ada\u00a0 {UNSEEN}Lovelace", "CreationDate": DAY},
        {"Id": 2, "DisplayName": UNSEEN, "CreationDate": DAY},
        {"Id": 3, "DisplayName": "Admin", "CreationDate": DAY},
        {"Id": 4, "DisplayName": "Every-One", "CreationDate": DAY},
        {"Id": 5, "DisplayName": "Everyone!", "CreationDate": DAY},
        {"Id": 6, "DisplayName": "Ben", "AboutMe": f"<p>B{UNSEEN}en</p>", "CreationDate": DAY},
    ],
    "Posts": [
        {
            "Id": 1,
            "PostTypeId": 1,
            "CreationDate": DAY,
            "Title": f"Why {UNSEEN}so?",
            "Body": "<p>So</p>",
            "OwnerDisplayName": f"{UNSEEN}Zed",
            "Tags": f"<suggest><{UNSEEN}><vpn><two{UNSEEN}>",
        },
        {
            "Id": 2,
            "PostTypeId": 2,
            "ParentId": 1,
            "CreationDate": DAY,
            "Body": "<p>Yes</p>",
            "OwnerDisplayName": UNSEEN,
        },
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_dump(tmp_path / "names", NAMES)


def test_names_lose_what_nobody_sees(run: Run, folder: Path) -> None:
    run(folder)
    names = User.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Ada Lovelace", "user2", "Admin", "Every-One", "Everyone!", "Ben"]
    assert User.objects.get(name="Ben").about == "Ben"
    assert list(Post.objects.order_by("number").values_list("byline", flat=True)) == [
        "Zed",
        "unknown",
    ]
    assert Topic.objects.get().title == "Why so?"


def test_handles_of_the_site_stay_free(run: Run, folder: Path) -> None:
    run(folder)
    handles = list(User.objects.order_by("pk").values_list("handle", flat=True))
    assert handles == ["ada-lovelace", "user2", "admin-3", "every-one", "everyone-5", "ben"]
    assert not RESERVED & set(handles)


def test_tags_that_no_page_can_show_are_left_out(run: Run, folder: Path) -> None:
    run(folder)
    assert list(Tag.objects.values_list("name", flat=True)) == ["vpn"]
    assert list(Topic.objects.get().topic_tags.values_list("tag__name", flat=True)) == ["vpn"]


def test_second_run_over_such_names_adds_nothing(run: Run, folder: Path) -> None:
    run(folder)
    before = snapshot()
    second = run(folder).as_json()
    assert snapshot() == before
    assert {count["added"] for count in second.values()} == {0}
