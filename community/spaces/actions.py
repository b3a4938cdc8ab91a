"""Opening spaces and changing their settings."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.events import SPACE_CREATED, SPACE_EDITED
from community.http.idempotency import once
from community.outbox.recording import action, record
from community.spaces.access import require_edit_space
from community.spaces.models import Joining, Membership, Role, Space, SpaceRedirect, Visibility
from community.text.errors import TextRefused
from community.text.markdown import render_post
from community.text.slugs import slugify
from frontend.icons import names

MAX_RULES = 5_000


@dataclass(frozen=True)
class SpaceSettings:
    """What an owner chooses. rules are Markdown; hue is 1 to 12."""

    name: str
    description: str = ""
    rules: str = ""
    visibility: Visibility = Visibility.OPEN
    joining: Joining = Joining.AT_ONCE
    hue: int = 1
    icon: str = "messages-square"
    allows_down_votes: bool = True
    allows_several_solutions: bool = False


@action
def create_space(chosen: SpaceSettings, *, by: User, slug: str = "", key: str = "") -> Space:
    """Open a space that by owns; a repeat with the same key returns the first one.

    Raises ValidationError for the fields of SpaceSettings.
    """
    return once(key, Space, lambda: _create(chosen, by, slug), by=by)


def _create(chosen: SpaceSettings, by: User, slug: str) -> Space:
    space = Space(created_by=by)
    _apply(space, chosen)
    space.slug = slug or free_slug(space.name)
    space.member_count = 1
    space.save()
    Membership.objects.create(space=space, person=by, role=Role.OWNER)
    record(SPACE_CREATED, actor=by, obj=space, space=space)
    return space


@action
def edit_space(space: Space, chosen: SpaceSettings, *, by: User) -> Space:
    """Change settings; a new name brings a new slug, the old one leads on.

    Visibility can't change yet: who would gain and lose sight must be shown first. Raises
    PermissionDenied unless by owns the space, ValidationError for the fields.
    """
    space = Space.objects.select_for_update().get(pk=space.pk)
    require_edit_space(space, by)
    if chosen.visibility != space.visibility:
        raise ValidationError({"visibility": _("The visibility of a space can't be changed here.")})
    before = space.name
    _apply(space, chosen)
    renamed = space.name != before
    if renamed:
        _move_slug(space)
    space.save()
    record(SPACE_EDITED, actor=by, obj=space, space=space, renamed=renamed)
    return space


def _move_slug(space: Space) -> None:
    fresh = free_slug(space.name, beside=space)
    if fresh != space.slug:
        SpaceRedirect.objects.filter(slug=fresh).delete()
        SpaceRedirect.objects.get_or_create(slug=space.slug, defaults={"space": space})
        space.slug = fresh


def _apply(space: Space, chosen: SpaceSettings) -> None:
    """Set the checked values on space, unsaved."""
    name = " ".join(chosen.name.split())
    rules = chosen.rules.replace("\r\n", "\n").strip()
    errors = {
        "name": _name_error(name),
        "description": _limit_error(chosen.description, 500),
        "rules": _limit_error(rules, MAX_RULES),
        "hue": "" if 1 <= chosen.hue <= 12 else _("Choose one of the twelve colours."),
        "icon": "" if chosen.icon in names() else _("Choose an icon from the list."),
    }
    found = {field: message for field, message in errors.items() if message}
    if found:
        raise ValidationError(found)
    try:
        space.rules_html = render_post(rules, space_id=space.pk).html
    except TextRefused as error:
        raise ValidationError({"rules": str(error)}) from error
    space.name, space.rules_source = name, rules
    space.description = " ".join(chosen.description.split())
    space.visibility, space.joining = chosen.visibility, _joining(chosen)
    space.hue, space.icon = chosen.hue, chosen.icon
    space.allows_down_votes = chosen.allows_down_votes
    space.allows_several_solutions = chosen.allows_several_solutions


def _joining(chosen: SpaceSettings) -> Joining:
    """Only open spaces are joined at once, since who joins reads; nobody asks for a secret one."""
    if chosen.visibility == Visibility.OPEN:
        return Joining.AT_ONCE
    if chosen.visibility == Visibility.SECRET:
        return Joining.INVITATION
    return Joining.REQUEST if chosen.joining == Joining.AT_ONCE else chosen.joining


def _name_error(name: str) -> str:
    if not name:
        return _("Give the space a name.")
    return _limit_error(name, 80)


def _limit_error(text: str, limit: int) -> str:
    if len(text) <= limit:
        return ""
    return _("At most %(limit)s characters; this has %(length)s.") % {
        "limit": limit,
        "length": len(text),
    }


def free_slug(name: str, *, beside: Space | None = None) -> str:
    """Return a slug for name that no other space has, and none had before."""
    base = slugify(name, max_length=50) or "space"
    number, slug = 1, base
    while _taken(slug, beside):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _taken(slug: str, beside: Space | None) -> bool:
    others, former = Space.objects.filter(slug=slug), SpaceRedirect.objects.filter(slug=slug)
    if beside is not None:
        others, former = others.exclude(pk=beside.pk), former.exclude(space=beside)
    return others.exists() or former.exists()
