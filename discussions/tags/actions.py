"""Making, describing, following and muting tags."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.conflicts import EditConflict
from community.outbox.recording import action, record
from community.text.errors import TextRefused
from community.text.markdown import Rendered, render
from community.text.parser import parse
from community.text.references import keys_of, resolve
from discussions.events import TAG_CREATED, TAG_DESCRIBED, TAG_PREFERRED
from discussions.tags.access import can_create_tags, known_tags, require_describe, require_tag
from discussions.tags.models import TAG_NAME, Tag, TagCount, TagPreference

MAX_DESCRIPTION = 2_000
# Addresses below /tags/ that are something else.
RESERVED = frozenset({"suggest"})


def require_tags(names: Sequence[str], *, by: User) -> list[str]:
    """Return the main names of the tags that names mean, each once; only reads.

    Raises ValidationError for tags where one is missing that by may not make.
    """
    known = known_tags(names, by)
    for name in names:
        if name not in known:
            _require_makeable(name, by)
    return list(dict.fromkeys(known[name].name if name in known else name for name in names))


@action
def find_or_create_tags(names: Sequence[str], *, by: User) -> list[Tag]:
    """Return the tags for names in their order, new ones made. ValidationError for tags."""
    if known := known_tags(names, by):
        _hold(known.values())
        # Read again: until they were held, they could be merged into others.
        known = known_tags(names, by)
    missing = [name for name in names if name not in known]
    for name in missing:
        _require_makeable(name, by)
    if missing:
        known |= _make(missing, by)
    return list(dict.fromkeys(known[name] for name in names))


def _hold(tags: Iterable[Tag]) -> None:
    """Let merges wait until the topics that get these tags are there, to take them along."""
    held = Tag.objects.select_for_update(no_key=True).filter(pk__in=[tag.pk for tag in tags])
    list(held.order_by("pk").values_list("pk"))


def _make(names: Sequence[str], by: User) -> dict[str, Tag]:
    """Make the tags, in one insert; one that others made, unseen by this person, is taken."""
    _forget_hidden(names)
    there = set(Tag.objects.filter(name__in=names).values_list("name", flat=True))
    Tag.objects.bulk_create(
        [Tag(name=name, created_by=by) for name in names], ignore_conflicts=True
    )
    found = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    if leaving := [name for name, tag in found.items() if tag.merged_into_id]:
        raise ValidationError({"tags": _("%(name)s can't be a tag.") % {"name": leaving[0]}})
    for name in sorted(found.keys() - there):
        record(TAG_CREATED, actor=by, obj=found[name])
    return found


def _forget_hidden(names: Sequence[str]) -> None:
    """Of tags that stand only where the person who takes the name can't read.

    A description was written for the readers there, and so were synonyms: their space's news keeps
    them. What belongs to a tag that no space uses was for everybody.
    """
    used = TagCount.objects.filter(tag=OuterRef("pk"))
    hidden = Tag.objects.select_for_update(of=("self",)).filter(Exists(used), name__in=names)
    for tag in hidden.order_by("pk"):
        _keep_in_its_space(tag)
        tag.synonyms.all().delete()
        tag.moderators_only = False
        tag.save(update_fields=["moderators_only"])
        if tag.description_source:
            _write(tag, "", "")


def _keep_in_its_space(tag: Tag) -> None:
    """The news of the oldest space with tag holds what was written; who took the name doesn't."""
    synonyms = sorted(tag.synonyms.values_list("name", flat=True))
    written: dict[str, Any] = (
        {"source_before": tag.description_source} if tag.description_source else {}
    )
    written |= {"synonyms_before": synonyms} if synonyms else {}
    if written:
        space = tag.counts.select_related("space").order_by("pk")[0].space
        record(TAG_DESCRIBED, actor=None, obj=tag, space=space, **written)


def _require_makeable(name: str, by: User) -> None:
    if not can_create_tags(by):
        said = _("There is no tag %(name)s, and new ones are made by those who look after tags.")
        if by.is_guest:
            said = _("There is no tag %(name)s here. Guests use those that stand in their spaces.")
        raise ValidationError({"tags": said % {"name": name}})
    require_name(name, field="tags")


def require_name(name: str, *, field: str) -> None:
    """Raises ValidationError for field where no tag can have this name."""
    try:
        TAG_NAME(name)
    except ValidationError as error:
        raise ValidationError({field: f"{name}: {error.message}"}) from error
    if name in RESERVED or not any(letter.isalnum() for letter in name):
        raise ValidationError({field: _("%(name)s can't be a tag.") % {"name": name}})


def describe_tag(tag: Tag, *, by: User, source: str, based_on: int | None = None) -> Tag:
    """Say what the tag is for, in Markdown of at most 2,000 characters.

    based_on is the version that the editor started from, None where nobody saw one. An edit that
    changes nothing leaves the version. Raises EditConflict, Tag.DoesNotExist, PermissionDenied, and
    ValidationError for the field source.
    """
    require_describe(by)
    source = _checked_description(source)
    try:
        rendered = rendered_description(source)
    except TextRefused as error:
        raise ValidationError({"source": str(error)}) from error
    return _describe(tag, by, source, rendered.html, based_on)


@action
def _describe(tag: Tag, by: User, source: str, html: str, based_on: int | None) -> Tag:
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    require_tag(tag, by)
    require_describe(by)
    if source == tag.description_source:
        return tag
    if based_on not in (None, tag.description_version):
        raise EditConflict(tag)
    _write(tag, source, html)
    record(TAG_DESCRIBED, actor=by, obj=tag)
    return tag


def _write(tag: Tag, source: str, html: str) -> None:
    tag.description_source, tag.description_html = source, html
    tag.description_version += 1
    tag.save(update_fields=["description_source", "description_html", "description_version"])


def _checked_description(source: str) -> str:
    source = source.replace("\r\n", "\n").strip()
    if len(source) > MAX_DESCRIPTION:
        limits = {"limit": MAX_DESCRIPTION, "length": len(source)}
        raise ValidationError(
            {
                "source": _("A description has at most %(limit)s characters; this has %(length)s.")
                % limits
            }
        )
    return source


def rendered_description(source: str) -> Rendered:
    """People are the only references: nobody renders it again when a title changes or goes."""
    named = keys_of(parse(source).tokens)
    people = {kind: keys for kind, keys in named.items() if kind == "person"}
    return render(source, references=resolve(people, space_id=None))


@action
def prefer_tag(tag: Tag, *, by: User, level: TagPreference.Level | None) -> None:
    """Follow or mute a tag; None goes back to neither. Raises Tag.DoesNotExist."""
    _hold([tag])
    require_tag(tag, by)
    if level is None:
        TagPreference.objects.filter(tag=tag, person=by).delete()
    else:
        TagPreference.objects.update_or_create(tag=tag, person=by, defaults={"level": level})
    record(TAG_PREFERRED, actor=by, obj=tag, subject=by, level=level and str(level))
