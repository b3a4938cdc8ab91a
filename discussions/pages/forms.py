"""What people type into the pages of topics, posts and tags.

Lengths and rules are checked by the actions; their messages come back through submit().
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.http.conflicts import VersionField
from community.http.repeats import KeyField
from community.spaces.models import Space, Visibility
from discussions.topics.models import Kind, Topic

# Longer than a tag, whose own sentence says what one is.
MAX_NAME = 200


def split_tags(text: str) -> list[str]:
    """Split what stands in a tags field: commas or white space."""
    return text.replace(",", " ").split()


def tags_field() -> forms.CharField:
    attrs = {
        "data-suggest-url": "/tags/suggest",
        "data-max": str(settings.MAX_TAGS),
        "data-synonym": _("“%(typed)s” is a synonym: the tag is “%(name)s”."),
        "autocomplete": "off",
    }
    label = format_lazy(_("Tags, up to {limit}"), limit=settings.MAX_TAGS)
    required = {"required": _("Give it at least one tag.")}
    return forms.CharField(label=label, error_messages=required, widget=forms.TextInput(attrs))


def space_field() -> forms.ChoiceField:
    """Its choices are grouped_spaces()."""
    return forms.ChoiceField(
        label=_("Space"),
        help_text=_("Who will see it stands beside each name."),
        error_messages={
            "required": _("Choose who will see it."),
            "invalid_choice": _("You can't write there; choose a space of the list."),
        },
    )


def text_area(rows: int, placeholder: str | Promise = "", *, key: str = "") -> forms.Textarea:
    """key: the one that leads into it, see js/keys.js."""
    attrs = {"rows": rows, "placeholder": placeholder, "dir": "auto"}
    return forms.Textarea(attrs | ({"aria-keyshortcuts": key} if key else {}))


TITLE_LABELS = {
    Kind.QUESTION: _("What do you want to know?"),
    Kind.DISCUSSION: _("What is it about?"),
    Kind.ARTICLE: _("What can people do after reading it?"),
    Kind.ANNOUNCEMENT: _("What changes, for whom, and when?"),
}


class TopicForm(forms.Form):
    """A new topic."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in TITLE_LABELS],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            _("Choose first what it is: a question, a discussion or know-how."),
        ),
        widget=forms.HiddenInput,
    )
    title = forms.CharField(
        strip=False,
        error_messages={"required": _("Give the topic a title.")},
        widget=forms.TextInput({"class": "title-input", "dir": "auto", "autofocus": True}),
    )
    source = forms.CharField(required=False, strip=False, widget=text_area(8))
    space = space_field()
    tags = tags_field()
    key = KeyField()

    def __init__(self, *args: Any, spaces: Iterable[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].choices = grouped_spaces(spaces)  # type: ignore[attr-defined]  # ChoiceField
        if self.is_bound:
            del self.fields["title"].widget.attrs["autofocus"]
        kind = self["kind"].value()
        self.fields["title"].label = TITLE_LABELS.get(kind, TITLE_LABELS[Kind.DISCUSSION])
        self.fields["source"].label = _("Details") if kind == Kind.QUESTION else _("Text")


def grouped_spaces(spaces: Iterable[Space]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Own spaces first; writable_spaces() notes on each whether the person joined it."""
    groups: dict[str, list[tuple[str, str]]] = {"": [("", gettext("Choose a space"))]}
    for space in spaces:
        name = gettext("My spaces") if getattr(space, "joined", True) else gettext("Open to all")
        groups.setdefault(name, []).append((space.slug, f"{space.name} ({_readers(space)})"))
    return list(groups.items())


def _readers(space: Space) -> str:
    if space.visibility == Visibility.OPEN:
        return gettext("everybody will see it")
    return gettext("only its members will see it")


class AnswerForm(forms.Form):
    source = forms.CharField(
        label=_("Your answer"),
        required=False,
        strip=False,
        widget=text_area(5, _("Say what to do and why it works. @ names people, # tags."), key="a"),
    )
    key = KeyField()


class ReplyForm(forms.Form):
    source = forms.CharField(
        label=_("Your reply"),
        required=False,
        strip=False,
        widget=text_area(4, _("Reply to everyone"), key="a"),
    )
    # The post that it replies to; empty for the topic as a whole.
    reply_to = forms.CharField(
        required=False,
        max_length=20,
        error_messages={"max_length": _("What this replies to is no longer here.")},
        widget=forms.HiddenInput,
    )
    key = KeyField()


class CommentForm(forms.Form):
    use_required_attribute = False

    source = forms.CharField(
        label=_("Your comment"),
        strip=False,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea({"rows": 3, "dir": "auto", "autofocus": True}),
    )
    key = KeyField()


def message_form(topic: Topic) -> type[AnswerForm] | type[ReplyForm]:
    return AnswerForm if topic.kind == Kind.QUESTION else ReplyForm


class EditForm(forms.Form):
    source = forms.CharField(label=_("Text"), required=False, strip=False, widget=text_area(10))
    reason = forms.CharField(
        label=_("What did you change, and why?"),
        required=False,
        help_text=_("Shown with the versions of the text."),
    )
    version = VersionField()


class OpeningEditForm(EditForm):
    """The opening post carries the topic's title and tags."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"),
        strip=False,
        error_messages={"required": _("Give the topic a title.")},
        widget=forms.TextInput({"class": "title-input", "dir": "auto"}),
    )
    tags = tags_field()
    field_order = ["title", "source", "tags", "reason"]


class ClosingForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why?"),
        error_messages={"required": _("Say why, so that people know where to go on.")},
    )


class PinForm(forms.Form):
    until = forms.DateField(
        label=_("Until the end of"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Choose the last day, such as 2027-01-31.")
        ),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until > timezone.localdate() + timedelta(days=366):
            raise ValidationError(_("A topic stays on top for a year at most."))
        return until

    def end(self) -> datetime:
        """The end of the chosen day where the person is."""
        night = datetime.combine(self.cleaned_data["until"], time.min) + timedelta(days=1)
        return timezone.make_aware(night)


class TagForm(forms.Form):
    source = forms.CharField(
        label=_("What is this tag for?"), required=False, strip=False, widget=text_area(5)
    )
    version = VersionField()


class TagNameForm(forms.Form):
    """Another main name, or one more synonym: label says which."""

    use_required_attribute = False

    name = forms.CharField(
        max_length=MAX_NAME,
        error_messages={"required": _("Type a name.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = label


class MergeForm(forms.Form):
    use_required_attribute = False

    into = forms.CharField(
        label=_("The tag that stays"),
        max_length=MAX_NAME,
        error_messages={"required": _("Type the name of a tag.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
