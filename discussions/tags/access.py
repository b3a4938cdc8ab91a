"""Who may see and make tags."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.roles.models import Capability
from discussions.tags.models import Tag


def get_tag(name: str, *, viewer: User) -> Tag:
    """Raises Tag.DoesNotExist alike for a missing tag and one used only where viewer can't read."""
    return Tag.objects.visible_to(viewer).get(name=name.lower())


def require_tag(tag: Tag, viewer: User) -> None:
    """For writers. Raises Tag.DoesNotExist where viewer can't see tag any more."""
    if not Tag.objects.visible_to(viewer).filter(pk=tag.pk).exists():
        raise Tag.DoesNotExist


def can_create_tags(person: User) -> bool:
    return bool(settings.OPEN_TAGS) or person.has_perm(Capability.TAGS)


def can_describe(person: User) -> bool:
    return person.has_perm(Capability.TAGS)


def require_describe(person: User) -> None:
    if not can_describe(person):
        raise PermissionDenied(_("Only people who look after tags describe them."))
