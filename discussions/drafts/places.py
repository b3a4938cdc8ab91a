"""The forms that keep drafts, by their places: "start", "topic:8sQ2mWvXk1", "edit:b4Tn0cRzLe"."""

from dataclasses import dataclass
from enum import StrEnum

from discussions.drafts.models import Draft


class Form(StrEnum):
    # A new topic, a link and a file that are shared.
    START = "start"
    SHARE = "share"
    FILE = "file"
    # An answer or a reply to a topic.
    TOPIC = "topic"
    # To or of a post.
    COMMENT = "comment"
    EDIT = "edit"


ALONE = frozenset({Form.START, Form.SHARE, Form.FILE})


@dataclass(frozen=True)
class Place:
    """public_id: of the topic or post; "" for a form that is about none."""

    form: Form
    public_id: str = ""

    def __str__(self) -> str:
        return f"{self.form}:{self.public_id}" if self.public_id else self.form.value

    @classmethod
    def read(cls, text: str) -> "Place":
        """Raises Draft.DoesNotExist for what names no form."""
        form, _colon, public_id = text.partition(":")
        if form not in set(Form) or (form in ALONE) == bool(public_id) or len(text) > 20:
            raise Draft.DoesNotExist
        return cls(Form(form), public_id)
