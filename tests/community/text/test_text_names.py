import pytest

from community.text.names import clean_name, name_key


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ada \t\n Lovelace ", "Ada Lovelace"),
        ("Ada\x00\x1b[31m", "Ada[31m"),
        ("Ada \u202elevoL\u202c \u2066x\u2069", "Ada levoL x"),
        ("\u200bA\u200bda\ufeff", "Ada"),
        ("\u200b\u200d\u2060", ""),
        ("\u3164\u2800", ""),
        ("\ufe0f", ""),
        ("\u200cAda\u200d Lovelace\u200c", "Ada Lovelace"),
        ("Ada \u200b Lovelace", "Ada Lovelace"),
        ("Ada\ud800", "Ada"),
    ],
)
def test_clean_name_loses_what_nobody_sees(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown


@pytest.mark.parametrize(
    "name",
    [
        "\u0645\u06cc\u200c\u062e\u0648",
        "क\u094d\u200dष",
        "\U0001f469\u200d\U0001f4bb Team",
        "Zoë O'Brien-Łuk",
        "李小龍",
        "C++",
    ],
)
def test_clean_name_keeps_what_shapes_words(name: str) -> None:
    assert clean_name(name) == name


def test_name_key_is_the_same_for_names_that_look_alike() -> None:
    assert name_key("Finance  DESK") == name_key("finance\u200d\u200b desk") == "finance desk"
