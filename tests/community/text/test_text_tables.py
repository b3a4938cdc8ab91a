from collections.abc import Iterator

import pytest

from community.text.tables import Table, TableRefused


def read(data: bytes, max_rows: int = 10) -> list[tuple[int, dict[str, str]]]:
    table = Table(data, required=["email"], optional=["name"], max_rows=max_rows)
    return [(row.line, row.values) for row in table.rows()]


@pytest.mark.parametrize(
    "data",
    [
        b"email,name\nida@x.org,Ida\n",
        b"\xef\xbb\xbfemail;name\r\nida@x.org;Ida\r\n",
        b" EMAIL \tname\nida@x.org\tIda",
        b'name,email,shoe size\n"Ida",ida@x.org,38\n,,\n\n',
    ],
)
def test_spreadsheets_are_read_however_they_write(data: bytes) -> None:
    assert read(data) == [(2, {"email": "ida@x.org", "name": "Ida"})]


def test_line_is_where_a_row_begins_behind_quoted_newlines() -> None:
    data = 'email,name\na@x.org,"Ann\nLee"\nb@x.org,Zoë\n'.encode()

    assert read(data) == [
        (2, {"email": "a@x.org", "name": "Ann\nLee"}),
        (4, {"email": "b@x.org", "name": "Zoë"}),
    ]


def test_short_row_is_filled_and_long_one_marked() -> None:
    table = Table(b"email,name\na@x.org\nb@x.org,B,Lee\n", required=["email"], max_rows=5)

    assert [(row.values, row.too_long) for row in table.rows()] == [
        ({"email": "a@x.org"}, False),
        ({"email": "b@x.org"}, True),
    ]
    assert table.ignored == ["name"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            b"email,name\na@x.org,Zo\xeb\n",
            "Line 2 isn't UTF-8. Save the file as “CSV UTF-8” and send it again.",
        ),
        (
            "email\n".encode("utf-16"),
            "Line 1 isn't UTF-8. Save the file as “CSV UTF-8” and send it again.",
        ),
        (b"email\0", "This isn't a text file. Save the table as “CSV UTF-8”."),
        (
            b"name\nIda\n",
            "The first line has to name the columns, and these are missing: email.",
        ),
        (b"", "The first line has to name the columns, and these are missing: email."),
        (b"email,email\n", "The first line names these columns twice: email."),
        (
            b'email\na@x.org\n"b@x.org\n',
            "The row on line 3 can't be read: a quotation mark is missing.",
        ),
    ],
)
def test_unreadable_table_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(TableRefused) as refused:
        read(data)
    assert str(refused.value) == sentence


def test_limit_holds_at_the_last_row_and_one_above() -> None:
    rows = b"email\n" + b"a@x.org\n" * 3
    assert len(read(rows, max_rows=3)) == 3

    with pytest.raises(TableRefused, match="more than 3 rows"):
        read(rows + b"a@x.org\n", max_rows=3)


def test_rows_are_read_one_by_one() -> None:
    found: Iterator[object] = Table(b'email\na@x.org\n"', required=["email"], max_rows=9).rows()

    assert next(found)
