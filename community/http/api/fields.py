"""What programs send: serializers that take a value of the right type, or say what is wrong."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

MAX_ROWS = 100
ROWS = 25


class Input(serializers.Serializer[Any]):
    """A JSON body. A field that it doesn't have is refused: it may be a misspelt one."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            _refuse_unknown(data.keys() - self.fields.keys())
        return super().to_internal_value(data)


class Query(serializers.Serializer[Any]):
    """The parameters of an address."""

    def to_internal_value(self, data: Any) -> Any:
        _refuse_unknown(data.keys() - self.fields.keys())
        return super().to_internal_value(data)


class PageQuery(Query):
    """What every list takes."""

    after = serializers.CharField(
        required=False, default="", help_text="The cursor of the `next` link of the page before."
    )
    limit = serializers.IntegerField(
        required=False, default=ROWS, min_value=1, max_value=MAX_ROWS, help_text="Rows in a page."
    )


class SearchQuery(PageQuery):
    q = serializers.CharField(
        required=False, default="", max_length=100, help_text="Words that all must occur."
    )


class Text(serializers.CharField):
    """A string, and nothing that could be made into one.

    Its white space stays, and it may be empty: what a text needs is said by the action.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_blank": True, "trim_whitespace": False} | kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Choice(serializers.ChoiceField):
    """One of a few strings."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A JSON number without a fraction."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """true or false."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Moment(serializers.DateTimeField):
    """A time with its offset, as RFC 3339 writes it."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ssZ")
        return super().to_internal_value(value)

    def enforce_timezone(self, value: Any) -> Any:
        if value.tzinfo is None:
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ssZ")
        return value


class Written(Input):
    """Somebody's text."""

    source = Text(help_text="Markdown.")  # type: ignore[assignment]  # a field, not DRF's attribute


def _refuse_unknown(names: set[Any]) -> None:
    if names:
        raise serializers.ValidationError({name: [_("There is no such field.")] for name in names})
