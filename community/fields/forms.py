"""What those who manage people send about fields, and what people answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.accounts.fields import PersonField
from community.accounts.models import User
from community.fields.actions import MAX_TEXT, Answer, Definition
from community.fields.models import Field, FieldAnswer, FieldKind, SeenBy
from community.http.conflicts import VersionField
from community.http.repeats import KeyField


class DefinitionForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("What is asked for"),
        error_messages={"required": gettext_lazy("Give the field a name.")},
        widget=forms.TextInput({"dir": "auto"}),
    )
    hint = forms.CharField(
        label=gettext_lazy("Help for whoever answers"),
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        help_text=gettext_lazy("One a line, for a field with a list."),
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )
    seen_by = forms.ChoiceField(
        label=gettext_lazy("Who sees the answers"),
        choices=SeenBy.choices,
        initial=SeenBy.COLLEAGUES,
        help_text=gettext_lazy("The person and those who manage people always do."),
    )

    def definition(self, kind: str) -> Definition:
        typed = self.cleaned_data
        lines = typed["choices"].splitlines()
        return Definition(typed["name"], kind, typed["hint"], lines, typed["seen_by"])


class NewFieldForm(DefinitionForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"),
        choices=FieldKind.choices,
        help_text=gettext_lazy("It stays as it is chosen now."),
    )
    key = KeyField()
    field_order = ("name", "kind", "choices", "hint", "seen_by")


class EditFieldForm(DefinitionForm):
    version = VersionField()

    def __init__(self, data: Any = None, *, field: Field, initial: Any = None) -> None:
        super().__init__(data, initial=initial or as_typed(field))
        if field.kind != FieldKind.CHOICE:
            del self.fields["choices"]
        self._field = field

    def definition(self, kind: str = "") -> Definition:
        self.cleaned_data.setdefault("choices", "")
        return super().definition(kind or self._field.kind)


def as_typed(field: Field) -> dict[str, Any]:
    """Return the initial values of EditFieldForm."""
    return {
        "name": field.name,
        "hint": field.hint,
        "choices": "\n".join(field.choices),
        "seen_by": field.seen_by,
        "version": field.version,
    }


class AnswersForm(forms.Form):
    """One input for each field that is asked for, named by its public id."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        by: User,
        fields: list[Field],
        said: dict[int, FieldAnswer],
    ) -> None:
        super().__init__(data)
        for field in fields:
            answer = said.get(field.pk)
            self.fields[field.public_id] = _input(field, answer, by)
            self.initial[field.public_id] = _typed(answer)

    def answers(self) -> dict[str, Answer]:
        return dict(self.cleaned_data)


def _input(field: Field, answer: FieldAnswer | None, by: User) -> forms.Field:
    about: dict[str, Any] = {"label": field.name, "help_text": _help(field)}
    if field.kind == FieldKind.PERSON:
        return PersonField(by, **about)
    about["required"] = False
    if field.kind == FieldKind.DATE:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, **about)
    if field.kind == FieldKind.CHOICE:
        offered = [(choice, choice) for choice in field.choices]
        if answer and answer.text and answer.text not in field.choices:
            gone = _("%(choice)s (no longer offered)") % {"choice": answer.text}
            offered.append((answer.text, gone))
        return forms.ChoiceField(choices=[("", _("Not said")), *offered], **about)
    return forms.CharField(
        strip=False, widget=forms.TextInput({"maxlength": MAX_TEXT, "dir": "auto"}), **about
    )


def _help(field: Field) -> str:
    seen = {
        SeenBy.EVERYBODY: _("Everybody sees it, guests too."),
        SeenBy.COLLEAGUES: _("Colleagues see it."),
        SeenBy.MANAGER: _("Your manager and those who manage people see it."),
        SeenBy.NOBODY: _("Only you and those who manage people see it."),
    }[SeenBy(field.seen_by)]
    handle = _("The handle of a colleague.") if field.kind == FieldKind.PERSON else ""
    return " ".join(filter(None, [field.hint, handle, seen]))


def _typed(answer: FieldAnswer | None) -> Any:
    if answer is None:
        return ""
    if answer.colleague is not None:
        return f"@{answer.colleague.handle}"
    return answer.day or answer.text
