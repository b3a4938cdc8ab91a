"""Reading one's own drafts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from community.accounts.models import User
from community.http.keyset import Order
from discussions.drafts.models import Draft
from discussions.drafts.places import Form, Place
from discussions.topics.models import Kind, Post, Topic

LATEST = Order(("-saved_at", "-id"))


@dataclass(frozen=True)
class Shown:
    """A draft with what it is about.

    title and url are "" where that is out of the writer's sight now; the text stays theirs.
    """

    draft: Draft
    form: Form
    title: str
    url: str
    is_question: bool = False

    @property
    def source(self) -> str:
        source: str = self.draft.texts.get("source", "")
        return source


def drafts_of(viewer: User) -> QuerySet[Draft]:
    return Draft.objects.filter(person=viewer, deleted_at=None)


def draft_at(place: Place, *, viewer: User) -> Draft | None:
    return drafts_of(viewer).filter(place=str(place)).first()


def shown_drafts(drafts: Sequence[Draft], *, viewer: User) -> list[Shown]:
    """Two queries at most, whatever they are about."""
    places = {draft.pk: Place.read(draft.place) for draft in drafts}
    topic_ids = [place.public_id for place in places.values() if place.form == Form.TOPIC]
    post_ids = [place.public_id for place in places.values()]
    topics = Topic.objects.visible_to(viewer).filter(public_id__in=topic_ids)
    posts = Post.objects.visible_to(viewer).filter(public_id__in=post_ids).select_related("topic")
    found: dict[str, Topic | Post] = {
        **{topic.public_id: topic for topic in topics},
        **{post.public_id: post for post in posts},
    }
    return [_shown(draft, places[draft.pk], found) for draft in drafts]


def _shown(draft: Draft, place: Place, found: dict[str, Topic | Post]) -> Shown:
    if not place.public_id:
        url = {Form.SHARE: "/share", Form.FILE: "/share/file"}.get(place.form, "/ask")
        return Shown(draft, place.form, draft.texts.get("title", ""), url)
    about = found.get(place.public_id)
    if about is None:
        return Shown(draft, place.form, "", "")
    topic = about.topic if isinstance(about, Post) else about
    paths = {
        Form.TOPIC: f"{topic.get_absolute_url()}#compose",
        Form.COMMENT: f"/posts/{about.public_id}/comments",
        Form.EDIT: f"/posts/{about.public_id}/edit",
    }
    return Shown(draft, place.form, topic.title, paths[place.form], topic.kind == Kind.QUESTION)
