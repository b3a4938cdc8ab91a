"""Filters of a list of topics. They stand in its address, so that a filtered list can be shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.accounts.access import get_person
from community.accounts.handles import typed_handle
from community.accounts.models import User
from community.http.forms import show_as_typed
from discussions.tags.access import get_tag
from discussions.tags.models import Tag
from discussions.topics.models import UNANSWERED, Kind, Topic

KINDS = {
    Kind.QUESTION: _("Questions"),
    Kind.DISCUSSION: _("Discussions"),
    Kind.ARTICLE: _("Know-how"),
    Kind.ANNOUNCEMENT: _("Announcements"),
    Kind.LINK: _("Links"),
    Kind.FILE: _("Files"),
    Kind.VIDEO: _("Videos"),
}
STATES = {
    "open": (_("Open"), Q(solved_at=None, closed_at=None)),
    "closed": (_("Closed"), Q(closed_at__isnull=False)),
    "unanswered": (_("Unanswered"), UNANSWERED),
    "solved": (_("Solved"), Q(solved_at__isnull=False)),
}
# What only questions can be.
OF_QUESTIONS = ("unanswered", "solved")


# A day's midnight in any time zone is a time that every database can hold.
FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)


class DayField(forms.DateField):
    """A day as 2026-11-24, which is also how browsers send what somebody picked."""

    def __init__(self, **options: Any) -> None:
        wrong = _("Write the day as year, month and day, such as 2026-11-24.")
        beyond = _("Choose a day between 1970 and 2999.")
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": wrong},
            validators=[MinValueValidator(FIRST, beyond), MaxValueValidator(LAST, beyond)],
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            **options,
        )


class FilterForm(forms.Form):
    """What stands in the address; kinds are those that the list holds."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    tag = forms.CharField(label=_("Tag"), required=False, max_length=35)
    by = forms.CharField(label=_("Started by (handle)"), required=False, max_length=60)
    since = DayField(label=_("Started on or after"))
    until = DayField(label=_("Started on or before"))

    def __init__(self, given: Any, *, viewer: User, kinds: Sequence[Kind]) -> None:
        super().__init__(given, auto_id="filter_%s")
        self.viewer = viewer
        states = [(key, text) for key, (text, _rule) in STATES.items()]
        if Kind.QUESTION not in kinds:
            states = [row for row in states if row[0] not in OF_QUESTIONS]
        self._offer("state", states)
        self._offer("kind", [(kind.value, KINDS[kind]) for kind in kinds])
        if len(kinds) == 1:
            del self.fields["kind"]

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *choices]
        field.error_messages["invalid_choice"] = gettext("Choose one from the list: %(label)s.") % {
            "label": field.label
        }

    def clean_tag(self) -> Tag | None:
        """A tag of spaces that the viewer can't read is as good as missing."""
        name = self.cleaned_data["tag"].lower()
        try:
            return get_tag(name, viewer=self.viewer) if name else None
        except Tag.DoesNotExist as error:
            sentence = gettext("There is no tag with this name: %(name)s.")
            raise ValidationError(sentence % {"name": name}) from error

    def clean_by(self) -> User | None:
        handle = typed_handle(self.cleaned_data["by"])
        try:
            return get_person(handle, viewer=self.viewer) if handle else None
        except User.DoesNotExist as error:
            sentence = gettext("There is nobody with this handle: %(handle)s.")
            raise ValidationError(sentence % {"handle": handle}) from error

    def clean_until(self) -> date | None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data["until"]
        if since and until and until < since:
            raise ValidationError(gettext("Choose a last day that isn't before the first one."))
        found: date | None = until
        return found


def is_filtered(given: Mapping[str, Any]) -> bool:
    """Whether an address says something about filters at all."""
    return any(given.get(name) for name in FilterForm.base_fields)


@dataclass(frozen=True)
class Chip:
    """One filter that holds, and the address of the list without it."""

    name: str
    value: str
    url: str


@dataclass(frozen=True)
class Filters:
    """given: what the address says and can be understood, by name."""

    form: FilterForm
    given: dict[str, str]

    def narrow(self, topics: QuerySet[Topic]) -> QuerySet[Topic]:
        for name in self.given:
            topics = _narrow(topics, name, self.form.cleaned_data[name])
        return topics

    def chips(self, order: dict[str, str]) -> list[Chip]:
        """order is what the addresses keep beside the filters."""
        return [self._chip(name, order) for name in self.given]

    def _chip(self, name: str, order: dict[str, str]) -> Chip:
        rest = {key: value for key, value in self.given.items() if key != name}
        value, label = self.form.cleaned_data[name], str(self.form.fields[name].label)
        return Chip(label, _in_words(name, value), "?" + urlencode(rest | order))


def filters_of(given: Any, *, viewer: User, kinds: Sequence[Kind]) -> Filters:
    """Read an address's query; what it gets wrong stands at the form's fields."""
    form = FilterForm(given, viewer=viewer, kinds=kinds)
    form.is_valid()
    show_as_typed(form)
    understood = {name: given[name] for name, value in form.cleaned_data.items() if value}
    return Filters(form, understood)


def _narrow(topics: QuerySet[Topic], name: str, value: Any) -> QuerySet[Topic]:
    if name == "since":
        # A topic was active when it was started, too: that tells an index where to end.
        start = _midnight(value)
        return topics.filter(created_at__gte=start, active_at__gte=start)
    rules = {
        "kind": lambda: Q(kind=value),
        "state": lambda: STATES[value][1],
        "tag": lambda: Q(topic_tags__tag=value),
        "by": lambda: Q(author=value),
        "until": lambda: Q(created_at__lt=_midnight(value + timedelta(days=1))),
    }
    return topics.filter(rules[name]())


def _midnight(day: date) -> datetime:
    """Where the person's day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _in_words(name: str, value: Any) -> str:
    if name == "kind":
        return str(KINDS[Kind(value)])
    if name == "state":
        return str(STATES[value][0])
    return date_format(value, "j M Y") if isinstance(value, date) else str(value)
