"""The same vectors in what people are asked for and answer, and in the captions of a video."""

from itertools import islice

import pytest

from community.accounts.models import User
from community.fields.actions import (
    MAX_CHOICES,
    MAX_FIELDS,
    MAX_TEXT,
    Definition,
    answer_fields,
    edit_field,
)
from community.fields.models import Field, FieldKind
from community.spaces.models import Space
from config.demo.files import FOLDER
from discussions.resources.files import set_captions
from tests.browser.browsing import Browsing
from tests.browser.vectors import VECTORS, found_on, packs, packs_needed
from tests.factories.discussions import make_shared_file
from tests.factories.fields import make_field
from tests.factories.files import make_file

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.service("chromium")]

NAME, CHOICE = 60, 60
# What a browser makes of WebVTT's own tags: https://www.w3.org/TR/webvtt1/#webvtt-cue-text-dom-construction-rules
SPOKEN = {"b", "i", "u", "ruby", "rt", "span", "class", "title", "lang"}
CUES = """video => {
  video.textTracks[0].mode = "showing";
  return new Promise(done => {
    const look = () => video.textTracks[0].cues?.length
      ? done([...video.textTracks[0].cues].flatMap(
          cue => [...cue.getCueAsHTML().querySelectorAll("*")].flatMap(
            one => [one.localName, ...one.getAttributeNames()])))
      : setTimeout(look, 50);
    look();
  });
}"""


def test_vectors_in_fields_and_answers_stay_text(
    browsing: Browsing, admin: User, ada: User
) -> None:
    texts, names = packs(MAX_TEXT), packs(NAME - 3)
    fields = [make_field(f"Field {number}", by=admin) for number in range(MAX_FIELDS - 1)]
    offers = make_choices(admin)
    answer_fields(ada, {offers.public_id: offers.choices[0]}, by=ada)
    found = []
    for _round in range(-(-packs_needed(MAX_TEXT) // len(fields))):
        said = [next(texts) for _field in fields]
        for number, (field, text) in enumerate(zip(fields, said, strict=True)):
            edit_field(field, Definition(f"{number} {next(names)}", hint=text), by=admin)
        answers = {field.public_id: text for field, text in zip(fields, said, strict=True)}
        answer_fields(ada, answers, by=ada)
        found += found_on(browsing, ada, ["/p/ada", "/me/profile/fields"])
    assert found == []
    managed = [f"/admin/fields/{field.public_id}" for field in (*fields[:3], offers)]
    assert found_on(browsing, admin, ["/admin/fields", *managed]) == []


def make_choices(by: User) -> Field:
    """A field that offers vectors."""
    offered = dict.fromkeys(" ".join(one.split()) for one in VECTORS if len(one) <= CHOICE)
    choices = [*islice(offered, MAX_CHOICES)]
    return make_field("Offers", by=by, kind=FieldKind.CHOICE, choices=choices)


def test_vectors_in_captions_stay_text(browsing: Browsing, space: Space, ada: User) -> None:
    film = make_file(ada, (FOLDER / "scanner-reset.webm").read_bytes(), "film.webm")
    topic = make_shared_file(space, by=ada, file=film, title="The film")
    cues = [
        f"00:{second // 60:02}:{second % 60:02}.000 --> 00:59:59.000\n{' '.join(vector.split())}"
        for second, vector in enumerate(VECTORS)
    ]
    content = "\n\n".join(["WEBVTT", *cues]).encode(errors="replace")
    set_captions(topic, by=ada, language="en", content=content)
    address = topic.get_absolute_url()
    page = browsing.open(ada)
    page.goto(address)
    shown = page.locator("video").evaluate(CUES)
    page.context.close()
    browsing.complaints.clear()
    assert {*shown} - SPOKEN == set()
    assert found_on(browsing, ada, [f"/resources/{topic.public_id}/captions", address]) == []
