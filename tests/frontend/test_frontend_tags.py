import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.contrib.staticfiles import finders
from django.template import engines
from django.utils import timezone

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass
class Person:
    name: str
    initials: str
    hue: int
    photo: str = ""


ADA = Person("Ada Okafor", "AO", 3)


def rendered(source: str, **context: object) -> str:
    return str(engines["django"].from_string("{% load guildhall %}" + source).render(context))


def age(style: str = "long", **back: int) -> str:
    html = rendered("{% ago at style %}", at=NOW - timedelta(**back), style=style)
    return html.removesuffix("</time>").rpartition(">")[2]


def test_icon_uses_the_sprite() -> None:
    assert rendered('{% icon "check" "flip" %}') == (
        '<svg class="i flip" aria-hidden="true"><use href="/static/icons.svg#i-check"/></svg>'
    )


def test_avatar_shows_initials_on_the_hue() -> None:
    assert rendered('{% avatar person "s" %}', person=ADA) == (
        '<span class="avatar hue-3 s" aria-hidden="true">AO</span>'
    )


def test_avatar_shows_the_photo_over_the_initials() -> None:
    ada = Person("Ada Okafor", "AO", 3, "k3PqZ8mNw4")
    assert rendered('{% avatar person "xl" %}', person=ada) == (
        '<span class="avatar hue-3 xl" aria-hidden="true">AO'
        '<img src="/photos/k3PqZ8mNw4/256" alt="" loading="lazy"></span>'
    )


def test_avatar_of_nobody_is_a_question_mark() -> None:
    assert rendered("{% avatar person %}", person=None) == (
        '<span class="avatar hue-1" aria-hidden="true">?</span>'
    )


def test_avatars_are_read_aloud_as_names() -> None:
    ben = Person('Ben "B" Ito', "BI", 4)
    html = rendered("{% avatars people %}", people=[ADA, ben])
    assert 'role="img" aria-label="Ada Okafor, Ben &quot;B&quot; Ito"' in html


def test_avatars_of_nobody_are_nothing() -> None:
    assert rendered("{% avatars people %}", people=[]) == ""


@pytest.mark.parametrize(
    ("back", "long", "short"),
    [
        ({"seconds": 59}, "just now", "now"),
        ({"seconds": -90}, "just now", "now"),
        ({"minutes": 1}, "1 min ago", "1 min"),
        ({"minutes": 59}, "59 min ago", "59 min"),
        ({"hours": 1}, "1 h ago", "1 h"),
        ({"hours": 23}, "23 h ago", "23 h"),
        ({"hours": 24}, "Mon", "Mon"),
        ({"days": 6}, "Wed", "Wed"),
        ({"days": 7}, "17 Nov", "17 Nov"),
        ({"days": 400}, "20 Oct 2025", "Oct 2025"),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_ago_words(back: dict[str, int], long: str, short: str) -> None:
    assert (age("long", **back), age("short", **back)) == (long, short)


@time_machine.travel(NOW, tick=False)
def test_ago_title_is_in_the_active_time_zone() -> None:
    at = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        html = rendered("{% ago at %}", at=at)
    assert html == (
        '<time datetime="2026-11-02T23:30:00+00:00" title="3 November 2026, 08:30">3 Nov</time>'
    )


@time_machine.travel(NOW, tick=False)
def test_ago_marks_only_recent_times_for_refreshing() -> None:
    assert 'data-ago="short"' in rendered('{% ago at "short" %}', at=NOW - timedelta(hours=23))
    assert "data-ago" not in rendered("{% ago at %}", at=NOW - timedelta(hours=24))


def test_ago_without_a_time_is_nothing() -> None:
    assert rendered("{% ago at %}", at=None) == ""


@pytest.mark.parametrize(
    ("value", "full", "short"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1,000", "1k"),
        (1234, "1,234", "1.2k"),
        (999_999, "999,999", "999.9k"),
        (2_500_000, "2,500,000", "2.5M"),
    ],
)
def test_numbers(value: int, full: str, short: str) -> None:
    assert rendered("{{ n|number }} {{ n|short_number }}", n=value) == f"{full} {short}"


@pytest.mark.parametrize(
    ("call", "state", "word"),
    [
        ("0", "none", "answers"),
        ("1", "some", "answer"),
        ("2 True", "solved", "solved"),
        ('1 False "replies"', "some", "reply"),
    ],
)
def test_answers_box(call: str, state: str, word: str) -> None:
    count = call.split(maxsplit=1)[0]
    assert rendered("{% answers_box " + call + " %}") == (
        f'<div class="answers {state}"><b>{count}</b><span>{word}</span></div>'
    )


@dataclass
class Account:
    is_active: bool
    email: str | None


@pytest.mark.parametrize(
    ("account", "html"),
    [
        (Account(True, "ada@example.com"), ""),
        (Account(False, "ada@example.com"), '<span class="pill ">No account here any more</span>'),
        (Account(False, None), '<span class="pill ">From an import</span>'),
    ],
)
def test_mark_of_those_without_an_account(account: Account, html: str) -> None:
    assert rendered("{% gone_mark person %}", person=account) == html


def test_tag_link_escapes() -> None:
    assert rendered("{% tag_link name url %}", name="<b>", url='/t?"') == (
        '<a class="tag" href="/t?&quot;">&lt;b&gt;</a>'
    )


class Form(forms.Form):
    title = forms.CharField(help_text="Ends in a question mark.")
    mine = forms.BooleanField(required=False, label="Only mine")


def test_field_ties_label_help_and_error_to_the_input() -> None:
    html = rendered("{% field form.title %}", form=Form({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert '<ul class="errors" id="id_title_error">' in html
    assert '<div class="hint" id="id_title_helptext">Ends in a question mark.</div>' in html
    assert '<label for="id_title">Title</label>' in html


def test_field_takes_another_label() -> None:
    assert ">Work mail</label>" in rendered('{% field form.title "Work mail" %}', form=Form())


def test_field_ticks_stand_before_their_label() -> None:
    html = rendered("{% field form.mine %}", form=Form())
    assert html.index("<input") < html.index('<label for="id_mine">Only mine</label>')


def test_import_map_names_every_module() -> None:
    imports = json.loads(rendered("{% import_map %}"))["imports"]
    folder = Path(str(finders.find("js/main.js"))).parent
    assert imports == {
        f"guildhall/{path.stem}": f"/static/js/{path.name}" for path in folder.glob("*.js")
    } | {"idiomorph": "/static/vendor/idiomorph.esm.js"}
