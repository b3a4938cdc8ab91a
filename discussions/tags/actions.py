"""Making, describing, following and muting tags."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import action, record
from community.text.errors import TextRefused
from community.text.markdown import render_post
from discussions.events import TAG_CREATED, TAG_DESCRIBED, TAG_PREFERRED
from discussions.tags.access import can_create_tags, require_describe
from discussions.tags.models import TAG_NAME, Tag, TagPreference

MAX_DESCRIPTION = 2_000
# Addresses below /tags/ that are something else.
RESERVED = frozenset({"suggest"})


@action
def find_or_create_tags(names: Sequence[str], *, by: User) -> list[Tag]:
    """Return the tags for names in their order, new ones made. ValidationError for tags."""
    # A tag of a secret space is as good as missing, else names could be tried out here.
    known = {tag.name: tag for tag in Tag.objects.visible_to(by).filter(name__in=names)}
    missing = [name for name in names if name not in known]
    for name in missing:
        _require_makeable(name, by)
    if missing:
        known |= _make(missing, by)
    return [known[name] for name in names]


def _make(names: Sequence[str], by: User) -> dict[str, Tag]:
    """Make the tags, in one insert; one that others made, unseen by this person, is taken."""
    there = set(Tag.objects.filter(name__in=names).values_list("name", flat=True))
    Tag.objects.bulk_create(
        [Tag(name=name, created_by=by) for name in names], ignore_conflicts=True
    )
    found = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    for name in sorted(found.keys() - there):
        record(TAG_CREATED, actor=by, obj=found[name])
    return found


def _require_makeable(name: str, by: User) -> None:
    if not can_create_tags(by):
        raise ValidationError(
            {
                "tags": _(
                    "There is no tag %(name)s, and new ones are made by those who look after tags."
                )
                % {"name": name}
            }
        )
    try:
        TAG_NAME(name)
    except ValidationError as error:
        raise ValidationError({"tags": f"{name}: {error.message}"}) from error
    if name in RESERVED or not any(letter.isalnum() for letter in name):
        raise ValidationError({"tags": _("%(name)s can't be a tag.") % {"name": name}})


@action
def describe_tag(tag: Tag, *, by: User, source: str) -> Tag:
    """Say what the tag is for, in Markdown of at most 2,000 characters."""
    require_describe(by)
    source = source.replace("\r\n", "\n").strip()
    if len(source) > MAX_DESCRIPTION:
        limits = {"limit": MAX_DESCRIPTION, "length": len(source)}
        raise ValidationError(
            {
                "source": _("A description has at most %(limit)s characters; this has %(length)s.")
                % limits
            }
        )
    try:
        tag.description_html = render_post(source, space_id=None).html
    except TextRefused as error:
        raise ValidationError({"source": str(error)}) from error
    tag.description_source = source
    tag.save(update_fields=["description_source", "description_html"])
    record(TAG_DESCRIBED, actor=by, obj=tag)
    return tag


@action
def prefer_tag(tag: Tag, *, by: User, level: TagPreference.Level | None) -> None:
    """Follow or mute a tag; None goes back to neither."""
    if level is None:
        TagPreference.objects.filter(tag=tag, person=by).delete()
    else:
        TagPreference.objects.update_or_create(tag=tag, person=by, defaults={"level": level})
    record(TAG_PREFERRED, actor=by, obj=tag, subject=by, level=level and str(level))
