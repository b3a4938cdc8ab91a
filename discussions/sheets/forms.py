from django import forms

from community.http.table_field import TableField


class SheetForm(forms.Form):
    file = TableField(limit="MAX_SHEET_BYTES")


class LeaveOutForm(forms.Form):
    leaves_out = forms.BooleanField(required=False)
