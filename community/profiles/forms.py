"""The form of what one says of how to work with one."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.accounts.fields import PersonField
from community.accounts.models import User
from community.http.conflicts import VersionField
from community.profiles.actions import MAX_LINKS, Details, Hours
from community.profiles.models import ProfileDetails

WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
_HOURS = re.compile(
    r"([01]?\d|2[0-3])(?::([0-5]\d))?\s*[-\u2013]\s*([01]?\d|2[0-3])(?::([0-5]\d))?"
)


class HoursField(forms.CharField):
    """ "9-17:30" becomes ["09:00", "17:30"], nothing becomes None."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, max_length=20)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = _HOURS.fullmatch(text.strip())
        if found is None:
            raise ValidationError(_("Write the hours as 9:00-17:30, or nothing for a day off."))
        first, first_minute, last, last_minute = found.groups()
        return [f"{int(first):02}:{first_minute or '00'}", f"{int(last):02}:{last_minute or '00'}"]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.clean(initial) != self.clean(data))


class DetailsForm(forms.Form):
    pronouns = forms.CharField(label=gettext_lazy("Pronouns"), max_length=40, required=False)
    languages = forms.CharField(
        label=gettext_lazy("Languages"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Such as: English, Hindi, some French."),
    )
    away_until = forms.DateField(
        label=gettext_lazy("Away until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The last day of your absence."),
    )
    links = forms.CharField(
        label=gettext_lazy("Links"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line: an address, or a text and an address."),
    )
    version = VersionField()

    def __init__(self, data: Any = None, *, by: User, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["stand_in"] = PersonField(
            by,
            label=gettext_lazy("Who stands in"),
            help_text=gettext_lazy("The handle of a colleague."),
        )
        for number, name in enumerate(WEEKDAYS):
            self.fields[f"day_{number}"] = HoursField(name)

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{number}"] for number in range(len(WEEKDAYS))]

    def clean_links(self) -> list[list[str]]:
        lines = [line.split() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(lines) > MAX_LINKS:
            raise ValidationError(_("At most %(limit)s links.") % {"limit": MAX_LINKS})
        return [[" ".join(words[:-1]), words[-1]] for words in lines]

    def details(self) -> Details:
        typed = self.cleaned_data
        hours: Hours = [typed[f"day_{number}"] for number in range(len(WEEKDAYS))]
        return Details(
            pronouns=typed["pronouns"],
            languages=typed["languages"],
            hours=hours if any(hours) else [],
            away_until=typed["away_until"],
            stand_in=typed["stand_in"],
            links=typed["links"],
        )


def as_typed(details: ProfileDetails) -> dict[str, Any]:
    """Return the initial values of DetailsForm."""
    hours = details.hours or [None] * len(WEEKDAYS)
    days = {f"day_{n}": "-".join(day) if day else "" for n, day in enumerate(hours)}
    return days | {
        "pronouns": details.pronouns,
        "languages": details.languages,
        "away_until": details.away_until,
        "stand_in": f"@{details.stand_in.handle}" if details.stand_in else "",
        "links": "\n".join(url if text == url else f"{text} {url}" for text, url in details.links),
        "version": details.version,
    }
