"""Small parts as tags. They return strings, since a page shows hundreds of them."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template.defaultfilters import linebreaksbr
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()

PHOTO = '<img src="/photos/{}/{}" alt="" loading="lazy">'
# Two pixels for each point that the size of faces.css has.
PHOTO_WIDTHS = {"s": 64, "": 64, "l": 128, "xl": 256}

STATIC = Path(__file__).resolve().parent.parent / "static"
MODULES = STATIC / "js"
LOGO = STATIC / "logo.svg"


class Face(Protocol):
    """Whoever can be shown as a picture: hue is 1 to 12, photo an id or empty."""

    name: str
    initials: str
    hue: int
    photo: str


class Account(Protocol):
    is_active: bool
    email: str | None


class Worker(Protocol):
    handle: str
    headline: str


class Change(Protocol):
    """A run of words in a diff: "same", "removed" or "added"."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


@register.simple_tag
@cache
def icon(name: str, also: str = "") -> SafeString:
    """An icon of the sprite by its name in icons.txt; also holds further classes."""
    return format_html(
        '<svg class="i{}{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        " " if also else "",
        also,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def avatar(person: Face | None, size: str = "") -> SafeString:
    """A photo, else initials on the person's hue; size is s, l, xl or empty.

    Decoration: a name stands beside.
    """
    return disc(person.initials, person.hue, size, person.photo) if person else disc("?", 1, size)


@lru_cache(maxsize=4096)
def disc(initials: str, hue: int, size: str, photo: str = "") -> SafeString:
    """The initials lie below the photo, for readers who don't get it any more."""
    return format_html(
        '<span class="avatar hue-{}{}{}" aria-hidden="true">{}{}</span>',
        hue,
        " " if size else "",
        size,
        initials,
        format_html(PHOTO, photo, PHOTO_WIDTHS[size]) if photo else "",
    )


@register.simple_tag
def avatars(people: Iterable[Face], size: str = "s") -> SafeString:
    """Overlapping pictures, read aloud as names; nothing for nobody."""
    shown = list(people)
    if not shown:
        return mark_safe("")
    return format_html(
        '<div class="avatars" role="img" aria-label="{}">{}</div>',
        ", ".join(person.name for person in shown),
        format_html_join("", "{}", ((avatar(person, size),) for person in shown)),
    )


@register.simple_tag
def ago(at: datetime | None, style: str = "long") -> SafeString:
    """How long ago at was, with the time itself as title in the active time zone.

    style "short" leaves the word "ago" out. Browsers keep recent ones fresh: js/dress.js.
    """
    if at is None:
        return mark_safe("")
    local = timezone.localtime(at)
    seconds = max(0, int((timezone.now() - at).total_seconds()))
    recent = seconds < 86_400
    return format_html(
        '<time datetime="{}" title="{}"{}>{}</time>',
        at.astimezone(UTC).isoformat(timespec="seconds"),
        written(local, gettext("j F Y, H:i")),
        format_html(' data-ago="{}"', style) if recent else "",
        clock_age(seconds, style) if recent else calendar_age(local, style),
    )


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """A day and an hour, such as "Friday 17:40"; the date where that is more than six days ago."""
    local = timezone.localtime(at)
    week = (timezone.localdate() - local.date()).days < 7
    words = written(local, gettext("l H:i") if week else gettext("j F, H:i"))
    return format_html(
        '<time datetime="{}">{}</time>', at.astimezone(UTC).isoformat(timespec="seconds"), words
    )


def written(local: datetime, layout: str) -> str:
    """The time in this layout and the active language."""
    minute = local.replace(second=0, microsecond=0, tzinfo=None)
    return formatted(minute, layout, get_language())


# Formatting takes 30 µs, and the same posts are shown over and over.
@lru_cache(maxsize=8192)
def formatted(minute: datetime, layout: str, _language: str | None) -> str:
    return date_format(minute, layout)


def clock_age(seconds: int, style: str) -> str:
    """An age under a day in whole minutes or hours; the words are those of ago_words."""
    now, minutes, hours = ago_words(style).split("|")
    if seconds < 60:
        return now
    if seconds < 3600:
        return minutes.replace("#", str(seconds // 60))
    return hours.replace("#", str(seconds // 3600))


@register.simple_tag
def ago_words(style: str) -> str:
    """The words for "just now", minutes and hours, with # for the number."""
    if style == "short":
        return gettext("now|# min|# h")
    return gettext("just now|# min ago|# h ago")


def calendar_age(local: datetime, style: str) -> str:
    """Weekday within six days, else the date; the year only where it isn't this one."""
    today = timezone.localtime()
    if (today.date() - local.date()).days < 7:
        return written(local, "D")
    if local.year == today.year:
        return written(local, gettext("j M"))
    return written(local, gettext("M Y") if style == "short" else gettext("j M Y"))


@register.filter
def number(value: int) -> str:
    """1234567 as 1,234,567, by the rules of the active language."""
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def capped(value: int) -> str:
    """99+ for what is more: nobody counts further, and the database neither."""
    return str(value) if value < 100 else "99+"


@register.filter
def short_number(value: int) -> str:
    """1234 as 1.2k and 2500000 as 2.5M; one decimal, and none where it would be 0."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if value >= size:
            tenths = value * 10 // size
            places = 0 if tenths % 10 == 0 else 1
            return number_format(tenths / 10, decimal_pos=places, use_l10n=True) + letter
    return str(value)


@register.simple_tag
def tag_link(name: str, url: str) -> SafeString:
    return format_html('<a class="tag" href="{}">{}</a>', url, name)


@register.simple_tag
def pill(tone: str, text: str, sign: str = "") -> SafeString:
    """A short label; tone is ok, warn, stop, info or empty, sign the name of an icon."""
    return format_html('<span class="pill {}">{}{}</span>', tone, icon(sign) if sign else "", text)


@register.simple_tag
def guest_mark(person: object) -> SafeString:
    """The word that stands behind the name of a guest; nothing for colleagues and for nobody."""
    return pill("info", gettext("Guest")) if getattr(person, "is_guest", False) else mark_safe("")


@register.simple_tag
def job_line(person: Worker) -> SafeString:
    """What somebody is and where, marked as theirs: some readers of their name get it without."""
    if not person.headline:
        return mark_safe("")
    return format_html('<span data-job-of="{}">{}</span>', person.handle, person.headline)


@register.simple_tag
def gone_mark(person: Account) -> SafeString:
    """Behind the name of somebody without an account: they left, or never came in."""
    if person.is_active:
        return mark_safe("")
    left = person.email is not None
    return pill("", gettext("No account here any more") if left else gettext("From an import"))


@register.simple_tag
def answers_box(count: int, solved: bool = False, what: str = "answers") -> SafeString:
    """Grey at 0, outlined with some, filled when solved; what is answers or replies."""
    if solved:
        word = gettext("solved")
    elif what == "replies":
        word = ngettext("reply", "replies", count)
    else:
        word = ngettext("answer", "answers", count)
    state = "solved" if solved else "some" if count else "none"
    return format_html(
        '<div class="answers {}"><b>{}</b><span>{}</span></div>', state, short_number(count), word
    )


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, object]:
    """Label, input, help and errors of one form field, tied together for screen readers.

    label replaces the form's own, where that comes from a library.
    """
    kind = getattr(bound.field.widget, "input_type", "")
    ticked = kind == "checkbox" and not bound.use_fieldset
    return {"field": bound, "ticked": ticked, "label": label or bound.label}


@register.simple_tag
def marked(changes: Iterable[Change], leave_out: str = "", plain: bool = False) -> SafeString:
    """The words of a diff with <del> and <ins>.

    leave_out is "added" or "removed", for one of two sides; plain marks no addition, for a text
    that is new as a whole.
    """
    marks = {"removed": "<del>{}</del>", "added": "{}" if plain else "<ins>{}</ins>"}
    parts = (
        format_html(marks.get(change.kind, "{}"), linebreaksbr(change.text, autoescape=True))
        for change in changes
        if change.kind != leave_out
    )
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def site_name() -> str:
    """For pages that are rendered without a request; the others have it in their context."""
    return str(settings.SITE_NAME)


@register.simple_tag
def max_file_bytes() -> int:
    """The largest file that the site takes."""
    return int(settings.MAX_FILE_BYTES)


@register.simple_tag
@cache
def favicon() -> str:
    """The logo, written out: shorter than what a browser sends to ask for it."""
    return f"data:image/svg+xml,{quote(LOGO.read_text())}"


@register.simple_tag
@cache
def import_map() -> SafeString:
    """Names of our ES modules and their addresses, which carry a hash in production."""
    found = {
        f"guildhall/{path.stem}": static(f"js/{path.name}") for path in sorted(MODULES.glob("*.js"))
    }
    found["idiomorph"] = static("vendor/idiomorph.esm.js")
    return mark_safe(json.dumps({"imports": found}, separators=(",", ":")))  # noqa: S308
