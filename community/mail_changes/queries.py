"""Reads on changes of address."""

from django.utils import timezone

from community.accounts.models import User
from community.mail_changes.access import CONFIRMED_WITHIN
from community.mail_changes.models import MailChange


def waiting_change(viewer: User) -> MailChange | None:
    """Return viewer's change that waits to be confirmed."""
    recent = MailChange.objects.visible_to(viewer).waiting()
    return recent.filter(at__gte=timezone.now() - CONFIRMED_WITHIN).order_by("-at", "-id").first()
