"""What a client may send, and what it is told where it sends something else."""

import json

import pytest

from community.live import frames
from community.live.frames import BadFrame, Subscribe, Unsubscribe, read_frame


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ('{"type":"subscribe","stream":"topic:x"}', Subscribe("topic:x")),
        ('{"type":"subscribe","stream":"topic:x","since":"a"}', Subscribe("topic:x", "a")),
        ('{"type":"subscribe","stream":"topic:x","since":null}', Subscribe("topic:x")),
        ('{"type":"unsubscribe","stream":"topic:x","more":1}', Unsubscribe("topic:x")),
    ],
)
def test_frames_are_read(text: str, asked: frames.Asked) -> None:
    assert read_frame(text) == asked


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "not_json"),
        ("", "not_json"),
        ("{", "not_json"),
        ("[]", "not_json"),
        ("NaN", "not_json"),
        ("[" * 50_000, "not_json"),
        ("{}", "unknown_type"),
        ('{"type":["subscribe"]}', "unknown_type"),
        ('{"type":"dance"}', "unknown_type"),
        ('{"type":"subscribe"}', "bad_field"),
        ('{"type":"subscribe","stream":""}', "bad_field"),
        ('{"type":"subscribe","stream":7}', "bad_field"),
        (json.dumps({"type": "subscribe", "stream": "t" * 81}), "bad_field"),
        ('{"type":"subscribe","stream":"topic:x","since":7}', "bad_field"),
        (json.dumps({"type": "subscribe", "stream": "t", "since": "s" * 121}), "bad_field"),
    ],
)
def test_what_is_no_frame_is_answered_with_a_code_and_a_sentence(
    text: str | None, code: str
) -> None:
    with pytest.raises(BadFrame) as bad:
        read_frame(text)
    answer = json.loads(frames.refused(bad.value))
    assert (answer["type"], answer["code"]) == ("error", code)
    assert answer["detail"].endswith(".")
