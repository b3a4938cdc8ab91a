import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from discussions.sheets.parsing import (
    Answer,
    Question,
    decoded,
    lines_left_out,
    parse_sheet,
    without,
)

HEADER = "title,question,tags,answer,accepted\n"


def faults(rows: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.why) for fault in parse_sheet(HEADER + rows).faults]


def test_rows_become_questions_with_their_answers() -> None:
    text = HEADER + 'A,Text,"x, y",First,yes\n\n,,,"Two\nlines",\nB,Text,z,,\n'
    assert parse_sheet(text).questions == [
        Question(
            2,
            "A",
            "Text",
            ["x", "y"],
            [Answer(2, "First", True), Answer(4, "Two\nlines", False)],
            lines=[2, 4],
        ),
        Question(6, "B", "Text", ["z"], lines=[6]),
    ]
    assert parse_sheet(text).faults == []


def test_columns_stand_in_any_order_and_semicolons_do_too() -> None:
    assert parse_sheet("Tags;TITLE;question\nx;A, or B;Text\n").questions == [
        Question(2, "A, or B", "Text", ["x"], lines=[2])
    ]


@pytest.mark.parametrize(
    ("rows", "line", "column", "why"),
    [
        (",Text,x,,\n", 2, "title", "A question needs a title."),
        (",,,An answer,\n", 2, "title", "A question needs a title."),
        ("A,Text,x,,yes\n", 2, "answer", "There is no answer to accept."),
        ("A,Text,x,Yes,maybe\n", 2, "accepted", "Write yes or no."),
        ("A,B,C,D,E,F\n", 2, "", "It has 6 cells, and there are 5 columns: put text in quotes."),
    ],
)
def test_bad_row_is_named(rows: str, line: int, column: str, why: str) -> None:
    assert (line, column, why) in faults(rows)


def test_rows_below_a_question_that_cant_be_read_go_with_it() -> None:
    parsed = parse_sheet(
        HEADER
        + "A,Text,x,One,\n"
        + ",Lost,x,Two,\n"
        + ",,,Three,\n"
        + "C,Text,x,Four,no,or yes\n"
        + ",,,Five,\n"
        + "D,Text,x,,\n"
        + ",,,Six,six,six\n"
        + ",,,Seven,\n"
    )
    left_out = lines_left_out(parsed, parsed.faults)
    assert (parsed.rows, left_out) == (8, {3, 4, 5, 6, 8})
    assert [
        (question.title, [answer.source for answer in question.answers])
        for question in without(parsed.questions, left_out)
    ] == [("A", ["One"]), ("D", ["Seven"])]


def test_line_is_that_of_the_row_after_texts_of_several_lines() -> None:
    assert faults('A,"One\ntwo\nthree",x,,\n,Lost,x,,\n') == [
        (5, "title", "A question needs a title.")
    ]


@pytest.mark.parametrize("rows", ['A,"never closed,x,,\nB,Text,x,,\n', 'A,"one" two,x,,\n'])
def test_quotation_mark_that_is_lost_is_named(rows: str) -> None:
    [(line, _column, why)] = faults(rows)
    assert line == 2
    assert why.startswith("A quotation mark is never closed")


def test_row_beyond_the_limit_is_named(settings: Settings) -> None:
    settings.MAX_SHEET_ROWS = 2
    row = "A,Text,x,,\n"
    assert faults(row * 2) == []
    assert faults(row * 3) == [(4, "", "There are more than 2 rows: split the file.")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (HEADER.encode() + "é\n".encode("latin-1"), "Line 2 is not UTF-8"),
        (b"PK\x03\x04\x00", "This is no text"),
        (b"", "missing: title, question, tags."),
        (b"title,question\n", "missing: tags."),
        (b"title,question,tags,moon\n", "The first line names moon; there is: title, question"),
    ],
)
def test_file_that_is_no_sheet_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ValidationError) as caught:
        decoded(content)
    assert why in caught.value.messages[0]


def test_mark_that_programs_put_first_is_taken_away() -> None:
    assert decoded(b"\xef\xbb\xbf" + HEADER.encode()) == HEADER
