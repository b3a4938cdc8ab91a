"""Resources as programs get them: a topic, and what goes with it."""

from typing import Annotated, TypedDict

from community.accounts.models import User
from community.accounts.shapes import handle_of
from community.files.shapes import FileShape, file_shape
from community.http.api.shapes import Note, Time, written
from community.http.api.strings import Handle
from discussions.resources.models import Captions, Link, Rating, Resource, Version
from discussions.resources.queries import shown_resource
from discussions.topics.models import Topic
from discussions.topics.shapes import TopicShape, topic_shape
from discussions.topics.tagging import tags_on

Language = Annotated[str, Note('A language code such as en; "" where nobody says.')]
Stars = Annotated[int, Note("1 to 5.")]


class LinkShape(TypedDict):
    url: str
    # What the page says of itself.
    page_title: str
    description: str
    read_at: Time | None
    # Since when it does not answer.
    broken_since: Time | None


class VersionShape(TypedDict):
    number: int
    note: str
    by: Handle | None
    at: Time
    file: FileShape


class RatingShape(TypedDict):
    person: Handle | None
    stars: Stars
    sentence: str
    at: Time


class ResourceRowShape(TopicShape):
    version: int
    minutes: int | None
    # "" for everybody.
    level: str
    language: Language
    used_count: int
    rating_count: int
    # Of all stars; null where nobody rated.
    rating: float | None
    # Of a link, or of a video on another site.
    link: LinkShape | None
    # Of a file or video that was sent: the version that counts.
    file: VersionShape | None
    # The languages of its captions.
    captions: list[str]


class ResourceShape(ResourceRowShape):
    is_used: bool
    # Your own.
    my_rating: RatingShape | None


class CaptionsShape(TypedDict):
    language: Language
    # WebVTT.
    captions: str
    at: Time


def resource_shape(topic: Topic, viewer: User) -> ResourceShape:
    """Of a topic of such a kind that access gave. Up to seven queries."""
    shown = shown_resource(topic, viewer)
    if shown is None:
        raise TypeError(topic.kind)
    row = resource_row_shape(
        shown.resource,
        topic_shape(topic, tags_on(topic)),
        newest=shown.files.newest,
        captions=[code for code, _name in shown.files.captions],
    )
    mine = rating_shape(shown.mine) if shown.mine else None
    return {**row, "is_used": shown.is_used, "my_rating": mine}


def resource_row_shape(
    resource: Resource, topic: TopicShape, *, newest: Version | None, captions: list[str]
) -> ResourceRowShape:
    """resource comes with its link; topic is the shape of its topic, captions are languages."""
    link = getattr(resource, "link", None)
    return {
        **topic,
        "version": resource.version,
        "minutes": resource.minutes,
        "level": resource.level,
        "language": resource.language,
        "used_count": resource.used_count,
        "rating_count": resource.rating_count,
        "rating": round(resource.average, 2) if resource.rating_count else None,
        "link": link_shape(link) if link else None,
        "file": version_shape(newest) if newest else None,
        "captions": captions,
    }


def link_shape(link: Link) -> LinkShape:
    return {
        "url": link.url,
        "page_title": link.page_title,
        "description": link.description,
        "read_at": written(link.read_at) if link.read_at else None,
        "broken_since": written(link.broken_since) if link.broken_since else None,
    }


def version_shape(version: Version) -> VersionShape:
    """version comes with its file and whom it is by."""
    return {
        "number": version.number,
        "note": version.note,
        "by": handle_of(version.by) if version.by else None,
        "at": written(version.at),
        "file": file_shape(version.file),
    }


def rating_shape(rating: Rating) -> RatingShape:
    """rating comes with its person."""
    return {
        "person": handle_of(rating.person),
        "stars": rating.stars,
        "sentence": rating.sentence,
        "at": written(rating.at),
    }


def captions_shape(captions: Captions) -> CaptionsShape:
    return {
        "language": captions.language,
        "captions": captions.text,
        "at": written(captions.at),
    }
