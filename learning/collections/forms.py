"""What people send about collections."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.accounts.fields import PeopleField, PersonField
from community.accounts.models import User
from community.http.conflicts import VersionField
from community.http.repeats import KeyField
from community.spaces.models import Space
from learning.collections.items import MAX_WHY
from learning.collections.models import Collection


class _TextForm(forms.Form):
    """Title and description. The action says what is too long, with the number of characters."""

    use_required_attribute = False

    title = forms.CharField(
        label=gettext_lazy("Title"), required=False, widget=forms.TextInput({"dir": "auto"})
    )
    description = forms.CharField(
        label=gettext_lazy("What it is for"),
        required=False,
        strip=False,
        help_text=gettext_lazy("Who needs it, and where to begin. Markdown works here."),
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
    )


class CollectionForm(_TextForm):
    key = KeyField()

    def __init__(self, data: Any = None, *, spaces: list[Space], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        by_slug = {space.slug: space for space in spaces}
        choices = [("", _("Every colleague"))]
        self.fields["space"] = forms.TypedChoiceField(
            label=_("Who reads it"),
            required=False,
            choices=[*choices, *((slug, space.name) for slug, space in by_slug.items())],
            coerce=by_slug.__getitem__,
            empty_value=None,
            help_text=_("The readers of a space, or everybody. This stays as it is chosen now."),
        )


class CollectionEditForm(_TextForm):
    version = VersionField()


class WhyForm(forms.Form):
    use_required_attribute = False

    why = forms.CharField(
        label=gettext_lazy("Why it belongs here"),
        required=False,
        help_text=gettext_lazy("A sentence for whoever reads the collection."),
        widget=forms.TextInput({"maxlength": str(MAX_WHY), "dir": "auto"}),
    )


class ItemForm(WhyForm):
    topic = forms.CharField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("Of a link or of know-how on this site, or of a shared page."),
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false"}),
    )

    field_order = ("topic", "why")


class ChooseForm(WhyForm):
    """One of these collections, by its id."""

    def __init__(self, data: Any = None, *, collections: list[Collection]) -> None:
        super().__init__(data)
        by_id = {one.public_id: one for one in collections}
        self.fields["collection"] = forms.TypedChoiceField(
            label=_("Collection"),
            choices=[(key, one.title) for key, one in by_id.items()],
            coerce=by_id.__getitem__,
        )
        self.order_fields(["collection", "why"])


class PeopleForm(forms.Form):
    use_required_attribute = False

    def __init__(self, data: Any = None, *, by: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["owner"] = PersonField(
            by, label=_("Owner"), help_text=_("A handle, such as @ada.")
        )
        self.fields["curators"] = PeopleField(
            by,
            limit=2 * settings.MAX_CURATORS,
            label=_("Curators"),
            help_text=_("They choose along with the owner. Handles with blanks between."),
        )
