"""Names of tags: synonyms, another main name, and tags that only moderators put on topics."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import action, record
from discussions.events import (
    TAG_RENAMED,
    TAG_RESTRICTED,
    TAG_SYNONYM_ADDED,
    TAG_SYNONYM_REMOVED,
)
from discussions.tags.access import known_tags, require_tag, require_tidy
from discussions.tags.actions import require_name
from discussions.tags.models import Tag, TagSynonym
from discussions.tags.names import tag_key


@action
def rename_tag(tag: Tag, *, by: User, name: str) -> Tag:
    """Give tag another main name; the one that it had stays as a synonym.

    Raises Tag.DoesNotExist, PermissionDenied, and ValidationError for the field name.
    """
    tag = _lock(tag, by)
    name = _free_name(tag, name, by)
    if name == tag.name:
        return tag
    if Tag.objects.filter(name=name).exists():
        # One that by can't see; the sentence is that for names which no tag can have.
        raise ValidationError({"name": _("%(name)s can't be a tag.") % {"name": name}})
    before, tag.name = tag.name, name
    tag.save(update_fields=["name"])
    tag.synonyms.filter(name=name).delete()
    TagSynonym.objects.create(tag=tag, name=before, by=by)
    record(TAG_RENAMED, actor=by, obj=tag, names=[before])
    return tag


@action
def add_synonym(tag: Tag, *, by: User, name: str) -> Tag:
    """Let name mean tag wherever it is typed or asked for; a second time changes nothing.

    Raises Tag.DoesNotExist, PermissionDenied, and ValidationError for the field name.
    """
    tag = _lock(tag, by)
    name = _free_name(tag, name, by)
    if name == tag.name:
        raise ValidationError({"name": _("This is the tag's main name already.")})
    _synonym, added = TagSynonym.objects.get_or_create(tag=tag, name=name, defaults={"by": by})
    if added:
        record(TAG_SYNONYM_ADDED, actor=by, obj=tag, names=[name])
    return tag


@action
def remove_synonym(tag: Tag, *, by: User, name: str) -> None:
    """Raises Tag.DoesNotExist and PermissionDenied."""
    tag = _lock(tag, by)
    removed, _models = tag.synonyms.filter(name=tag_key(name)).delete()
    if removed:
        record(TAG_SYNONYM_REMOVED, actor=by, obj=tag, names=[tag_key(name)])


@action
def restrict_tag(tag: Tag, *, by: User, moderators_only: bool) -> Tag:
    """Say who puts tag on topics and takes it off: only those who moderate there, or everybody.

    Raises Tag.DoesNotExist and PermissionDenied.
    """
    tag = _lock(tag, by)
    if tag.moderators_only != moderators_only:
        tag.moderators_only = moderators_only
        tag.save(update_fields=["moderators_only"])
        record(TAG_RESTRICTED, actor=by, obj=tag, moderators_only=moderators_only)
    return tag


def _lock(tag: Tag, by: User) -> Tag:
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    require_tag(tag, by)
    require_tidy(by)
    return tag


def _free_name(tag: Tag, name: str, by: User) -> str:
    """Return name as tags are written. ValidationError where by sees it mean another tag."""
    name = tag_key(name)
    require_name(name, field="name")
    taken = known_tags([name], by).get(name, tag)
    if taken.pk != tag.pk:
        raise ValidationError(
            {
                "name": _("%(name)s already means the tag %(tag)s. Choose another name.")
                % {"name": name, "tag": taken.name}
            }
        )
    return name
