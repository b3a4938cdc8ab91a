import pytest

from community.files.names import clean_file_name


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("plan.png", "plan.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ada\\plan.png", "plan.png"),
        ("", "file"),
        ("..", "file"),
        ("/", "file"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie_ b"),
        ('a"b<c>|?.txt', "a_b_c___.txt"),
        (".htaccess", "htaccess"),
        ("übersicht 月.pdf", "übersicht 月.pdf"),
        ("n" * 200 + ".pdf", "n" * 116 + ".pdf"),
        ("n" * 200, "n" * 120),
    ],
)
def test_name_of_a_file_is_cleaned(sent: str, expected: str) -> None:
    assert clean_file_name(sent) == expected
