"""Every word of ours can be translated: under a pseudo-language all of it stands in brackets."""

import re
from collections.abc import Iterator
from gettext import NullTranslations
from typing import Any

import html5lib
import pytest
from django.utils import translation
from django.utils.translation import trans_real

from community.accounts.models import OrgUnit, User
from community.audiences.models import Audience
from community.fields.models import Field
from community.invitations.models import Invitation
from community.spaces.models import Space
from discussions.tags.models import Tag
from discussions.topics.models import Origin, Revision, Topic
from learning.collections.models import Collection
from tests.house.make_office import make_office
from tests.house.office import Office
from tests.house.pages import groups
from tests.house.test_pages import look
from tests.house.visits import Visit

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

XHTML = "{http://www.w3.org/1999/xhtml}"
# What people typed, times, keys and code; and pictures, which are read as names.
OTHERS = {"script", "style", "time", "textarea", "kbd", "pre", "code"}
OTHERS_CLASS = re.compile(r"\b(prose|avatar|avatars|mono|tag|brandmark|where)\b")
SPOKEN = ("aria-label", "title", "placeholder", "alt")
# Names of time zones and languages.
CHOICES_OF_OTHERS = {"id_time_zone", "id_locale", "id_language", "by-language"}
WORD = re.compile(r"[^\W\d_]{2,}")
# Addresses, and names of the site itself.
NAMES = {"guildhall", "ada", "example", "com", "elsewhere", "org", "utc"}


class Brackets(NullTranslations):
    """A catalogue that puts each message in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, several: str, number: int) -> str:
        return f"⟦{one if number == 1 else several}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"

    def npgettext(self, context: str, one: str, several: str, number: int) -> str:
        return self.ngettext(one, several, number)

    def language(self) -> str:
        return "en"

    def to_language(self) -> str:
        return "en"


@pytest.fixture
def brackets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    translation.deactivate()
    monkeypatch.setattr(trans_real, "_translations", {"en": Brackets()})
    monkeypatch.setattr(trans_real, "_default", None)
    yield
    translation.deactivate()


def test_every_word_can_be_translated(brackets: None) -> None:
    office = make_office()
    known = NAMES | written_by_people()
    offenders = [
        f"{visit}: {text}"
        for group in groups(office)
        for visit in group.visits
        for text in unbracketed(office, visit, known)
    ]
    assert offenders == []


def unbracketed(office: Office, visit: Visit, known: set[str]) -> Iterator[str]:
    tree = html5lib.parse(look(office, visit).getvalue().decode())
    depth = 0
    for text in texts(tree):
        outside, depth = outside_brackets(text, depth)
        if set(WORD.findall(outside.lower())) - known:
            yield " ".join(text.split())


def outside_brackets(text: str, depth: int) -> tuple[str, int]:
    """What of text stands in no bracket, and how deep its end is; a message may hold elements."""
    outside = []
    for letter in text:
        depth += {"⟦": 1, "⟧": -1}.get(letter, 0)
        outside.append(letter if depth == 0 else " ")
    return "".join(outside), depth


def texts(element: Any) -> Iterator[str]:
    """Yield what element shows or says in the page's order, without what people typed."""
    if not isinstance(element.tag, str):
        return
    if element.tag.removeprefix(XHTML) in OTHERS or OTHERS_CLASS.search(element.get("class", "")):
        return
    typed = element.get("dir") == "auto" or element.get("id") in CHOICES_OF_OTHERS
    yield from (element.get(name, "") for name in SPOKEN)
    yield "" if typed else element.text or ""
    for child in element:
        yield from () if typed else texts(child)
        yield "" if typed else child.tail or ""


def written_by_people() -> set[str]:
    """The words in names of people, places, jobs, tags and topics."""
    columns = [
        User.objects.values_list("name", "handle", "headline", "city", "email"),
        OrgUnit.objects.values_list("name"),
        Space.objects.values_list("name", "slug"),
        Tag.objects.values_list("name"),
        Topic.objects.values_list("title"),
        Revision.objects.values_list("reason"),
        Origin.objects.values_list("licence", "system"),
        Invitation.objects.values_list("email", "name"),
        Audience.objects.values_list("name", "description"),
        Collection.objects.values_list("title"),
        Field.objects.values_list("name", "hint", "choices"),
    ]
    found = " ".join(str(value) for rows in columns for row in rows for value in row)
    return set(WORD.findall(found.lower()))
