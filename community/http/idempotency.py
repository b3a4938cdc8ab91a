"""Each create carries a key; parallel repeats make one object."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from django.apps import apps
from django.db import models

from community.http.models import Submission

M = TypeVar("M", bound=models.Model)
MAX_KEY_LENGTH = 80


def new_key() -> str:
    return secrets.token_urlsafe(16)


def once(key: str, make: Callable[[], M], *, by: models.Model) -> M:
    """Return make()'s object, or the one that by's earlier call with this key made.

    Must run inside an action: a second call waits on the key's row until the first has
    committed. An empty key makes an object each time. Raises ValueError for a key of more than
    80 characters or one that made another kind of object.
    """
    if not key:
        return make()
    if len(key) > MAX_KEY_LENGTH:
        raise ValueError(f"A key has at most {MAX_KEY_LENGTH} characters.")
    submission, created = Submission.objects.get_or_create(person_id=by.pk, key=key)
    if not created:
        return _made_earlier(submission)
    made = make()
    submission.object_kind, submission.object_id = made._meta.label_lower, made.pk
    submission.save(update_fields=["object_kind", "object_id"])
    return made


def _made_earlier(submission: Submission) -> M:
    model = apps.get_model(submission.object_kind)
    return model._default_manager.get(pk=submission.object_id)  # type: ignore[return-value]
