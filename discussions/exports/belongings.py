"""What somebody keeps and gave beside their posts, as JSON objects, for them alone.

config/archives.py says in which file each stands.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet

from community.accounts.models import User
from community.fields.models import FieldAnswer
from community.following.models import Follow
from community.profiles.models import ProfileDetails
from community.spaces.models import Membership, Space
from discussions.drafts.models import Draft
from discussions.drafts.places import Form, Place
from discussions.exports.records import chunks, each_row, handle_of, written
from discussions.resources.models import Rating, Resource, Use
from discussions.saved.models import SavedPost
from discussions.tags.models import Tag, TagPreference
from discussions.topics.models import Post, Revision

Records = Iterable[dict[str, Any]]


def details(person: User) -> Records:
    for row in ProfileDetails.objects.filter(person=person).select_related("stand_in"):
        yield {
            "pronouns": row.pronouns,
            "languages": row.languages,
            "hours": row.hours,
            "away_until": row.away_until and row.away_until.isoformat(),
            "stand_in": handle_of(row.stand_in),
            "links": row.links,
        }


def answers(person: User) -> Records:
    """In the fields that those who manage people defined."""
    rows = FieldAnswer.objects.filter(person=person).select_related("field", "colleague")
    for row in each_row(rows):
        day = row.day and row.day.isoformat()
        said = row.text or day or handle_of(row.colleague)
        yield {"field": row.field.name, "answer": said, "at": written(row.at)}


def revisions(person: User) -> Records:
    """Versions that they wrote, never emptied ones.

    A version holds the whole post: of others' posts, only while they may read those.
    """
    readable = Post.objects.visible_to(person)
    shown = Q(post__author=person) | Q(post__in=readable)
    rows = Revision.objects.filter(shown, by=person, blanked_at=None).select_related("post")
    return _where_readable(rows, "post", readable, _revision)


def _revision(row: Revision) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "tags": row.tag_names,
        "source": row.source,
        "reason": row.reason,
        "at": written(row.at),
    }


def drafts(person: User) -> Records:
    """Where somebody edits a post, the text began as its author's: only of posts they may read."""
    rows = Draft.objects.filter(person=person, deleted_at=None)
    for chunk in chunks(rows):
        places = {row.pk: Place.read(row.place) for row in chunk}
        edited = {place.public_id for place in places.values() if place.form == Form.EDIT}
        seen = Post.objects.visible_to(person).filter(public_id__in=edited)
        readable = set(seen.values_list("public_id", flat=True))
        for row in chunk:
            place = places[row.pk]
            if place.form != Form.EDIT or place.public_id in readable:
                yield {
                    "form": place.form.value,
                    "texts": row.texts,
                    "saved_at": written(row.saved_at),
                }


def saved(person: User) -> Records:
    rows = SavedPost.objects.filter(person=person, removed_at=None).select_related("post")
    return _where_readable(rows, "post", Post.objects.visible_to(person), _saved)


def _saved(row: SavedPost) -> dict[str, Any]:
    return {
        "note": row.note,
        "remind_at": written(row.remind_at),
        "saved_at": written(row.saved_at),
        "done_at": written(row.done_at),
    }


def ratings(person: User) -> Records:
    rows = Rating.objects.filter(person=person).select_related("resource__topic")
    return _where_readable(rows, "resource", Resource.objects.visible_to(person), _rating)


def _rating(row: Rating) -> dict[str, Any]:
    return {"stars": row.stars, "sentence": row.sentence, "at": written(row.at)}


def uses(person: User) -> Records:
    rows = Use.objects.filter(person=person).select_related("resource__topic")
    return _where_readable(
        rows, "resource", Resource.objects.visible_to(person), lambda row: {"at": written(row.at)}
    )


def followed_people(person: User) -> Records:
    seen = User.objects.visible_to(person)
    rows = Follow.objects.filter(person=person, followed__in=seen).select_related("followed")
    for row in each_row(rows):
        yield {"person": row.followed.handle, "at": written(row.at)}


def chosen_tags(person: User) -> Records:
    seen = Tag.objects.visible_to(person)
    rows = TagPreference.objects.filter(person=person, tag__in=seen).select_related("tag")
    for row in each_row(rows):
        yield {"tag": row.tag.name, "level": row.level, "at": written(row.at)}


def spaces(person: User) -> Records:
    readable = Space.objects.visible_to(person)
    rows = Membership.objects.filter(person=person, space__in=readable).select_related("space")
    for row in each_row(rows):
        yield {"space": row.space.slug, "role": row.role, "since": written(row.joined_at)}


def _where_readable(
    rows: QuerySet[Any], name: str, readable: QuerySet[Any], record: Callable[[Any], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """What they wrote is theirs; where it stands is null where they can't read that any more."""
    for chunk in chunks(rows):
        keys = {getattr(row, f"{name}_id") for row in chunk}
        seen = set(readable.filter(pk__in=keys).values_list("pk", flat=True))
        for row in chunk:
            is_seen = getattr(row, f"{name}_id") in seen
            yield {name: _id_of(getattr(row, name)) if is_seen else None} | record(row)


def _id_of(thing: Model) -> str:
    """Resources go by their topic's."""
    named = thing.topic if isinstance(thing, Resource) else thing
    return str(getattr(named, "public_id", ""))
