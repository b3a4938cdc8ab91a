from community.text.lengths import length_error


def test_text_at_the_limit_fits_and_one_more_does_not() -> None:
    assert length_error("x" * 1000, 1000) == ""
    assert length_error("x" * 1001, 1000) == "At most 1000 characters; this has 1001."
