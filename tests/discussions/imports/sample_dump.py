"""A small dump with a row of every kind that a real one holds, broken references included."""

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

BYTE_ORDER_MARK = "\ufeff"
WIDE_TABLE = f"<table><tr>{'<th>wide</th>' * 60}</tr><tr>{'<td>x</td>' * 60}</tr></table>"
HOSTILE_BODY = (
    '<p onclick="x()">Hi @ada <script>alert(1)</script><a href="javascript:x()">y</a></p>'
)
LONG_BODY = f"<p>{'Long answers are kept. ' * 3000}</p>"

Rows = Iterable[dict[str, object]]

SAMPLE: dict[str, Rows] = {
    "Users": [
        {"Id": -1, "DisplayName": "Community", "CreationDate": "2020-01-01T00:00:00.000"},
        {
            "Id": 1,
            "DisplayName": "Ada Lovelace",
            "AboutMe": "<p>Counts.</p><p>Writes <b>notes</b> &amp; more.</p><script>x()</script>",
            "CreationDate": "2020-01-02T00:00:00.000",
        },
        {"Id": 2, "DisplayName": "Ada Lovelace", "CreationDate": "2020-01-03T00:00:00.000"},
        {
            "Id": 3,
            "DisplayName": "王",
            "AboutMe": "word " * 300,
            "CreationDate": "2020-01-04T00:00:00.000",
        },
    ],
    "Tags": [
        {"Id": 1, "TagName": "VPN", "Count": 2, "ExcerptPostId": 90, "WikiPostId": 91},
        {"Id": 2, "TagName": "old", "Count": 0, "ExcerptPostId": 999},
        {"Id": 3, "TagName": "n" * 36, "Count": 0},
    ],
    "Posts": [
        {
            "Id": 1,
            "PostTypeId": 1,
            "AcceptedAnswerId": 11,
            "CreationDate": "2020-02-01T10:00:00.000",
            "Score": 2,
            "Body": "<p>The HTML of the last edit</p>",
            "OwnerUserId": 1,
            "Title": "Why does the tunnel drop?",
            "Tags": "<vpn><networks>",
            "ContentLicense": "CC BY-SA 4.0",
        },
        {
            "Id": 2,
            "PostTypeId": 1,
            "AcceptedAnswerId": 99,
            "CreationDate": "2020-02-02T10:00:00.000",
            "LastEditDate": "2020-02-02T12:00:00.000",
            "ClosedDate": "2020-02-03T00:00:00.000",
            "Score": 0,
            "Body": HOSTILE_BODY,
            "OwnerDisplayName": "user9",
            "Title": "Tunnel drops & drops",
            "Tags": "|vpn|",
        },
        {
            "Id": 3,
            "PostTypeId": 1,
            "CreationDate": "2020-02-03T10:00:00.000",
            "Score": 0,
            "Body": "<p>Nobody knows.</p>",
            "OwnerUserId": 77,
            "Title": "Is it me?",
            "Tags": "",
        },
        {
            "Id": 11,
            "PostTypeId": 2,
            "ParentId": 1,
            "CreationDate": "2020-02-01T11:00:00.000",
            "Score": 1,
            "Body": "<p>Use <code>keepalive</code>.</p>",
            "OwnerUserId": 2,
            "ContentLicense": "CC BY-SA 3.0",
        },
        {
            "Id": 12,
            "PostTypeId": 2,
            "ParentId": 1,
            "CreationDate": "2020-02-01T12:00:00.000",
            "Body": LONG_BODY,
            "OwnerUserId": 3,
        },
        {
            "Id": 13,
            "PostTypeId": 2,
            "ParentId": 3,
            "CreationDate": "2020-02-04T10:00:00.000",
            "Body": WIDE_TABLE,
            "OwnerUserId": 3,
        },
        {
            "Id": 14,
            "PostTypeId": 2,
            "ParentId": 500,
            "CreationDate": "2020-02-04T10:00:00.000",
            "Body": "<p>Lost.</p>",
        },
        {
            "Id": 90,
            "PostTypeId": 4,
            "CreationDate": "2020-02-04T10:00:00.000",
            "Body": "Private networks.",
        },
        {
            "Id": 91,
            "PostTypeId": 5,
            "CreationDate": "2020-02-04T10:00:00.000",
            "Body": "<p>All <em>about</em> them.</p>",
            "ContentLicense": "CC BY-SA 3.0",
        },
        {"Id": 95, "PostTypeId": 7, "CreationDate": "2020-02-04T10:00:00.000"},
        {"Id": 96, "PostTypeId": "x", "CreationDate": "2020-02-04T10:00:00.000"},
    ],
    "Comments": [
        {
            "Id": 1,
            "PostId": 1,
            "Score": 3,
            "Text": "Which *client*?",
            "CreationDate": "2020-02-01T10:30:00.000",
            "UserId": 2,
        },
        {
            "Id": 2,
            "PostId": 11,
            "Score": 0,
            "Text": "Thanks, @Ada",
            "CreationDate": "2020-02-01T11:30:00.000",
            "UserDisplayName": "user8",
        },
        {"Id": 3, "PostId": 90, "Text": "Wiki", "CreationDate": "2020-02-01T11:30:00.000"},
        {"Id": 4, "PostId": 777, "Text": "Lost", "CreationDate": "2020-02-01T11:30:00.000"},
    ],
    "Votes": [
        {"Id": 1, "PostId": 1, "VoteTypeId": 2, "CreationDate": "2020-02-02T00:00:00.000"},
        {"Id": 2, "PostId": 1, "VoteTypeId": 2, "CreationDate": "2020-02-02T00:00:00.000"},
        {"Id": 3, "PostId": 11, "VoteTypeId": 3, "CreationDate": "2020-02-02T00:00:00.000"},
        {"Id": 4, "PostId": 11, "VoteTypeId": 1, "CreationDate": "2020-02-05T00:00:00.000"},
        {"Id": 5, "PostId": 1, "VoteTypeId": 5, "CreationDate": "2020-02-02T00:00:00.000"},
        {"Id": 6, "PostId": 777, "VoteTypeId": 2, "CreationDate": "2020-02-02T00:00:00.000"},
        {"Id": 7, "PostId": 91, "VoteTypeId": 2, "CreationDate": "2020-02-02T00:00:00.000"},
    ],
    "PostLinks": [
        {"Id": 1, "PostId": 2, "RelatedPostId": 1, "LinkTypeId": 3},
        {"Id": 2, "PostId": 1, "RelatedPostId": 3, "LinkTypeId": 1},
        {"Id": 3, "PostId": 11, "RelatedPostId": 3, "LinkTypeId": 1},
        {"Id": 4, "PostId": 11, "RelatedPostId": 1, "LinkTypeId": 1},
        {"Id": 5, "PostId": 1, "RelatedPostId": 888, "LinkTypeId": 1},
        {"Id": 6, "PostId": 1, "RelatedPostId": 90, "LinkTypeId": 1},
        {"Id": 7, "PostId": 1, "RelatedPostId": 3, "LinkTypeId": 9},
    ],
    "PostHistory": [
        {"Id": 1, "PostHistoryTypeId": 2, "PostId": 1, "edit": "a", "Text": "First *text*\r\n"},
        {"Id": 2, "PostHistoryTypeId": 1, "PostId": 1, "edit": "a", "Text": "Tunnel drops?"},
        {"Id": 3, "PostHistoryTypeId": 3, "PostId": 1, "edit": "a", "Text": "<vpn>"},
        {
            "Id": 4,
            "PostHistoryTypeId": 5,
            "PostId": 1,
            "edit": "b",
            "Text": "    keepalive 10\n\nSecond text",
            "Comment": "added the setting",
            "UserId": 2,
        },
        {"Id": 5, "PostHistoryTypeId": 4, "PostId": 1, "edit": "b", "Text": "Tunnel drops!"},
        {"Id": 6, "PostHistoryTypeId": 8, "PostId": 1, "edit": "c", "Text": "First *text*"},
        {"Id": 7, "PostHistoryTypeId": 10, "PostId": 2, "edit": "d", "Comment": "102"},
        {"Id": 8, "PostHistoryTypeId": 2, "PostId": 91, "edit": "e", "Text": "Wiki"},
        {"Id": 9, "PostHistoryTypeId": 2, "PostId": 777, "edit": "f", "Text": "Lost"},
    ],
    "Badges": [{"Id": 1, "UserId": 1, "Name": "Teacher"}],
}


def write_dump(folder: Path, files: dict[str, Rows] = SAMPLE) -> Path:
    """Write the files as a site does, with a byte-order mark; return folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        written = "\n".join(f"  <row {_attributes(name, row)} />" for row in rows)
        root = name.lower()
        text = f'<?xml version="1.0" encoding="utf-8"?>\n<{root}>\n{written}\n</{root}>\n'
        (folder / f"{name}.xml").write_text(BYTE_ORDER_MARK + text, encoding="utf-8")
    return folder


def _attributes(name: str, row: dict[str, object]) -> str:
    row = dict(row)
    if name == "PostHistory":
        number = row["Id"]
        row = {"CreationDate": f"2020-03-0{number}T10:00:00.000", "UserId": 1, **row}
        row["RevisionGUID"] = row.pop("edit")
    if name == "PostLinks":
        row["CreationDate"] = "2020-04-01T10:00:00.000"
    return " ".join(f"{key}={_quoted(str(value))}" for key, value in row.items())


def _quoted(value: str) -> str:
    return quoteattr(value, {"\n": "&#xA;", "\r": "&#xD;"})
