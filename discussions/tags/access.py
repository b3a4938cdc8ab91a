"""Who may see and make tags."""

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.roles.models import Capability
from discussions.tags.models import Tag, TagSynonym
from discussions.tags.names import tag_key


def get_tag(name: str, *, viewer: User) -> Tag:
    """Return the tag that name means. A synonym means its tag, see Tag.name.

    Raises Tag.DoesNotExist alike for a missing tag and one used only where viewer can't read.
    """
    names = (name.lower(), tag_key(name))
    known = known_tags(names, viewer)
    for written in names:
        if written in known:
            return known[written]
    raise Tag.DoesNotExist


def known_tags(names: Sequence[str], viewer: User) -> dict[str, Tag]:
    """Return tags by those of names that are theirs or their synonyms'.

    A tag of a secret space is as good as missing, else names could be tried out here.
    """
    visible = Tag.objects.visible_to(viewer)
    known = {tag.name: tag for tag in visible.filter(name__in=names)}
    missing = set(names) - known.keys()
    if missing:
        synonyms = TagSynonym.objects.filter(name__in=missing, tag__in=visible)
        # Of two tags that don't know of each other the older synonym counts.
        for synonym in synonyms.select_related("tag").order_by("-pk"):
            known[synonym.name] = synonym.tag
    return known


def require_tag(tag: Tag, viewer: User) -> None:
    """For writers. Raises Tag.DoesNotExist where viewer can't see tag any more."""
    if not Tag.objects.visible_to(viewer).filter(pk=tag.pk).exists():
        raise Tag.DoesNotExist


def can_create_tags(person: User) -> bool:
    """No guest: taking the name of a tag that they don't see would empty it for all colleagues."""
    if person.is_guest:
        return False
    return bool(settings.OPEN_TAGS) or person.has_perm(Capability.TAGS)


def can_describe(person: User) -> bool:
    return person.has_perm(Capability.TAGS)


def can_tidy(person: User) -> bool:
    return person.has_perm(Capability.TAGS)


def require_tidy(person: User) -> None:
    if not can_tidy(person):
        raise PermissionDenied(_("Only people who look after tags tidy them."))


def require_describe(person: User) -> None:
    if not can_describe(person):
        raise PermissionDenied(_("Only people who look after tags describe them."))
