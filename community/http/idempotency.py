"""Each create carries a key; parallel repeats make one object."""

import secrets
from collections.abc import Callable
from hashlib import blake2b
from typing import TypeVar

from django.core.exceptions import BadRequest
from django.db import models
from django.utils.translation import gettext as _

from community.http.models import Submission

M = TypeVar("M", bound=models.Model)
MAX_KEY_LENGTH = 80
DIGEST_BYTES = 16


class SentKey(str):
    """A key with a digest of what came with it, so that a repeat is told from something else."""

    digest: str

    @classmethod
    def of(cls, key: str, digest: str) -> "SentKey":
        """digest is one of digest_of()."""
        sent = cls(key)
        sent.digest = digest
        return sent


class KeyUsedAgain(BadRequest):
    """Something else was sent under the key before."""

    def __init__(self) -> None:
        super().__init__(
            _("This Idempotency-Key was sent before, with something else. Take a new key.")
        )


def digest_of(text: str) -> str:
    return blake2b(text.encode(), digest_size=DIGEST_BYTES).hexdigest()


def new_key() -> str:
    return secrets.token_urlsafe(16)


def is_repeat(key: str, *, by: models.Model) -> bool:
    """Whether by made something under this key before, so that once() makes nothing."""
    return bool(key) and Submission.objects.filter(person_id=by.pk, key=str(key)).exists()


def once(key: str, model: type[M], make: Callable[[], M], *, by: models.Model) -> M:
    """Return make()'s object, or the one that by's earlier call with this key made.

    Must run inside an action: a second call waits on the key's row until the first has
    committed. An empty key makes an object each time. Raises BadRequest for a key of more than
    80 characters or one that made something else than a model, KeyUsedAgain for a SentKey whose
    digest is another one than before, and model.DoesNotExist where the first object is gone.
    """
    if not key:
        return make()
    if len(key) > MAX_KEY_LENGTH:
        raise BadRequest(_("This form can't be read. Load the page again."))
    kind = model._meta.label_lower
    digest = key.digest if isinstance(key, SentKey) else ""
    submission, created = Submission.objects.get_or_create(
        person_id=by.pk, key=str(key), defaults={"digest": digest}
    )
    if not created and digest and submission.digest and digest != submission.digest:
        raise KeyUsedAgain
    if not created and submission.object_kind != kind:
        raise BadRequest(_("This form was sent before, from another page. Load it again."))
    if not created:
        earlier: M = model._default_manager.get(pk=submission.object_id)
        return earlier
    made = make()
    submission.object_kind, submission.object_id = kind, made.pk
    submission.save(update_fields=["object_kind", "object_id"])
    return made
