import re

import pytest

from config.demo.pictures import DRAWN, drawn, plan
from config.demo.texts import topic_texts


def texts() -> list[str]:
    return [
        text
        for topic in topic_texts()
        for text in (topic.text, *(section.text for section in topic.sections))
    ]


def test_every_picture_is_shown_once_and_described() -> None:
    shown = [name for text in texts() for name in DRAWN.findall(text)]
    assert sorted(shown) == sorted(plan())
    described = [text for text in texts() if "(drawn:" in text]
    assert all(re.search(r"!\[[^\]]{20,}\]\(drawn:", text) for text in described)


@pytest.mark.slow
def test_pictures_are_the_same_each_time() -> None:
    assert {name: drawn(name) for name in plan()} == {name: drawn(name) for name in plan()}
