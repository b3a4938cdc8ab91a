"""What the links in the letters open. They are signed; the row says how long they hold."""

from datetime import timedelta

from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.mail_changes.models import MailChange

SALT = "community.mail_changes"
CONFIRMED_WITHIN = timedelta(hours=24)
UNDONE_WITHIN = timedelta(days=7)


class Part(models.TextChoices):
    """What a link is for: to confirm at the old or the new address, or to undo."""

    OLD = "old", _("Confirm at the old address")
    NEW = "new", _("Confirm at the new address")
    UNDO = "undo", _("Undo from the old address")


def make_token(change: MailChange, part: Part) -> str:
    return signing.dumps([change.public_id, str(part)], salt=SALT)


def get_change(token: str) -> tuple[MailChange, Part]:
    """Return what a link is about; whoever holds it may use it, once.

    Raises MailChange.DoesNotExist alike for links that nobody made, that are too old, and whose
    change is replaced, withdrawn or, at a link to confirm, undone.
    """
    try:
        public_id, name = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise MailChange.DoesNotExist from error
    part = Part(name)
    changes = MailChange.objects.select_related("person").filter(person__is_active=True)
    if part == Part.UNDO:
        changes = changes.filter(at__gte=timezone.now() - UNDONE_WITHIN)
    else:
        changes = changes.filter(undone_at=None, at__gte=timezone.now() - CONFIRMED_WITHIN)
    return changes.get(public_id=public_id), part
