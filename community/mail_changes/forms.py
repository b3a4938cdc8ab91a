"""The new address."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailForm(forms.Form):
    email = forms.EmailField(
        label=_("New work mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
