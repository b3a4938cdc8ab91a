"""Opening spaces and changing their settings."""

import secrets
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.events import SPACE_CREATED, SPACE_EDITED
from community.http.conflicts import EditConflict
from community.http.idempotency import once
from community.outbox.recording import action, record, savepoint
from community.spaces.access import require_edit_space, require_open_space, require_unarchived
from community.spaces.locking import lock_space
from community.spaces.models import Joining, Membership, Role, Space, SpaceRedirect, Visibility
from community.text.errors import TextRefused
from community.text.lengths import length_error
from community.text.markdown import render_post
from community.text.names import clean_name, name_key
from community.text.slugs import slugify
from frontend.icons import names

MAX_RULES = 5_000
ATTEMPTS = 5
# Without letters and digits that look alike; 31 ** 6 are about 900 million.
TAIL_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
TAIL_LENGTH = 6


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


def create_space(chosen: SpaceSettings, *, by: User, slug: str = "", key: str = "") -> Space:
    """Open a space that by owns; a repeat with the same key returns the first one.

    Every colleague may open spaces, no guest does. Raises PermissionDenied, ValidationError for
    the fields of SpaceSettings.
    """
    require_open_space(by)
    values = _values(chosen)
    return _create_once(values, by=by, slug=slug, key=key)


@action
def _create_once(values: dict[str, Any], *, by: User, slug: str, key: str) -> Space:
    return once(key, Space, lambda: _create(values, by, slug), by=by)


def _create(values: dict[str, Any], by: User, slug: str) -> Space:
    require_free_name(values["name"])
    space = Space(created_by=by, member_count=1, **values)
    _save_at_free_slug(space, slug)
    Membership.objects.create(space=space, person=by, role=Role.OWNER)
    record(SPACE_CREATED, actor=by, obj=space, space=space)
    return space


def edit_space(
    space: Space, chosen: SpaceSettings, *, by: User, based_on: int | None = None
) -> Space:
    """Change settings; a new name brings a new slug, the old one leads on.

    based_on is the version that the editor started from, None where nobody saw one. An edit that
    changes nothing leaves the version. Visibility changes in opening.py, once people have seen for
    whom. Raises EditConflict, PermissionDenied unless by owns the space and in an archived one,
    ValidationError for the fields.
    """
    values = _values(chosen)
    return _edit(space, values, by, based_on)


@action
def _edit(space: Space, values: dict[str, Any], by: User, based_on: int | None) -> Space:
    space = lock_space(space, by)
    require_edit_space(space, by)
    require_unarchived(space)
    if all(getattr(space, name) == value for name, value in values.items()):
        return space
    if based_on not in (None, space.settings_version):
        raise EditConflict(space)
    if values["visibility"] != space.visibility:
        raise ValidationError({"visibility": _("Who may read a space is changed elsewhere.")})
    return _edit_locked(space, values, by)


def _edit_locked(space: Space, values: dict[str, Any], by: User) -> Space:
    renamed = space.name != values["name"]
    if renamed:
        require_free_name(values["name"], beside=space)
    for name, value in values.items():
        setattr(space, name, value)
    space.settings_version += 1
    if renamed:
        move_slug(space)
    else:
        space.save()
    record(SPACE_EDITED, actor=by, obj=space, space=space, renamed=renamed)
    return space


def settings_of(space: Space) -> SpaceSettings:
    """What was chosen for space so far."""
    return SpaceSettings(
        name=space.name,
        description=space.description,
        rules=space.rules_source,
        visibility=Visibility(space.visibility),
        joining=Joining(space.joining),
        hue=space.hue,
        icon=space.icon,
        allows_down_votes=space.allows_down_votes,
        allows_several_solutions=space.allows_several_solutions,
    )


def move_slug(space: Space) -> None:
    """Save space at the address that its name and visibility ask for; the old one leads on."""
    former = space.slug
    _save_at_free_slug(space)
    if space.slug != former:
        SpaceRedirect.objects.filter(slug=space.slug).delete()
        SpaceRedirect.objects.get_or_create(slug=former, defaults={"space": space})


def _save_at_free_slug(space: Space, wanted: str = "") -> None:
    """Somebody else may take the slug at the same moment: then the next one is tried."""
    for attempt in range(1, ATTEMPTS + 1):
        space.slug = wanted or _fresh_slug(space)
        try:
            with savepoint():
                space.save()
        except IntegrityError:
            if wanted or attempt == ATTEMPTS:
                raise
        else:
            return


def _fresh_slug(space: Space) -> str:
    if space.visibility == Visibility.SECRET:
        return secret_slug(space.name)
    return free_slug(space.name, beside=space if space.pk else None)


def require_free_name(name: str, *, beside: Space | None = None) -> None:
    """Two places of one name mislead; secret ones are left out, or the refusal would tell of them.

    Compared here, since databases fold only some letters.
    """
    listed = Space.objects.exclude(visibility=Visibility.SECRET)
    if beside is not None:
        listed = listed.exclude(pk=beside.pk)
    if name_key(name) in {name_key(other) for other in listed.values_list("name", flat=True)}:
        raise ValidationError({"name": _("A space has this name already. Choose another one.")})


def _values(chosen: SpaceSettings) -> dict[str, Any]:
    """The checked values of a Space's fields; made before the action, since rendering takes time.

    Raises ValidationError for the fields of SpaceSettings.
    """
    name, rules = clean_name(chosen.name), chosen.rules.replace("\r\n", "\n").strip()
    errors = {
        "name": length_error(name, 80) if name else _("Give the space a name."),
        "description": length_error(chosen.description, 500),
        "rules": length_error(rules, MAX_RULES),
        "hue": "" if 1 <= chosen.hue <= 12 else _("Choose one of the twelve colours."),
        "icon": "" if chosen.icon in names() else _("Choose an icon from the list."),
    }
    found = {field: message for field, message in errors.items() if message}
    if found:
        raise ValidationError(found)
    fields = asdict(chosen)
    fields.pop("rules")
    return fields | {
        "name": name,
        "description": clean_name(chosen.description),
        "rules_source": rules,
        "rules_html": rendered_rules(rules),
        "joining": joining_for(chosen.visibility, chosen.joining),
    }


def rendered_rules(rules: str) -> str:
    """Only people are linked: whoever reads the rules may know of them, today and later."""
    try:
        return render_post(rules, space_id=None, kinds={"person"}).html
    except TextRefused as error:
        raise ValidationError({"rules": str(error)}) from error


def joining_for(visibility: Visibility, wanted: str) -> Joining:
    """Only open spaces are joined at once, since who joins reads; nobody asks for a secret one."""
    if visibility == Visibility.OPEN:
        return Joining.AT_ONCE
    if visibility == Visibility.SECRET:
        return Joining.INVITATION
    return Joining.REQUEST if wanted == Joining.AT_ONCE else Joining(wanted)


def free_slug(name: str, *, beside: Space | None = None) -> str:
    """Return a slug for name that no other space has, and none had before."""
    base = slugify(name, max_length=50) or "space"
    number, slug = 1, base
    while _taken(slug, beside):
        number += 1
        slug = f"{base}-{number}"
    return slug


def secret_slug(name: str) -> str:
    """Return a slug for the name of a secret space.

    Its random end never meets the slug of another space, whose number would tell of this one.
    """
    tail = "".join(secrets.choice(TAIL_LETTERS) for _ in range(TAIL_LENGTH))
    return f"{slugify(name, max_length=50) or 'space'}-{tail}"


def _taken(slug: str, beside: Space | None) -> bool:
    others, former = Space.objects.filter(slug=slug), SpaceRedirect.objects.filter(slug=slug)
    if beside is not None:
        others, former = others.exclude(pk=beside.pk), former.exclude(space=beside)
    return others.exists() or former.exists()
