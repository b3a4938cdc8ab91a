"""Topics with what stands in them, for programs: lists, starting, reading, editing, deleting."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person
from community.accounts.models import User
from community.http.api.fields import Choice, Input, Moment, PageQuery, Query, Text, Written
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page, next_link
from community.http.api.shapes import PageOf
from community.http.api.strings import Html
from community.http.api.views import ApiView
from community.spaces.access import get_space, require_read, space_named
from community.text.errors import TextRefused
from discussions.answers.actions import remove_post
from discussions.pages.filters import STATES
from discussions.pages.listing import TABS, without_muted
from discussions.pages.preview import render_preview
from discussions.pages.queries import Entry, linked_topics, read_thread
from discussions.pages.rows import with_row_parts
from discussions.tags.access import get_tag
from discussions.topics.access import get_post, get_topic
from discussions.topics.actions import edit_post, start_topic
from discussions.topics.models import SHARED_KINDS, Kind, Origin, Topic, TopicQuerySet, TopicTag
from discussions.topics.shapes import (
    PostDetailShape,
    PostShape,
    TopicShape,
    post_detail_shape,
    post_shape,
    topic_shape,
)
from discussions.topics.tagging import tags_on

ORDERS = {tab.key: tab for tab in TABS}


class OriginShape(TypedDict):
    system: str
    url: str
    author_url: str
    licence: str


class EntryShape(PostShape):
    comments: list[PostShape]
    # Where an imported post comes from.
    origin: OriginShape | None


class ThreadShape(TopicShape):
    opening: EntryShape
    # Answers by worth, replies by number.
    posts: list[EntryShape]
    next: str | None


class LinkedTopicShape(TypedDict):
    id: str
    title: str
    url: str


class LinksShape(TypedDict):
    related: list[LinkedTopicShape]
    # What this topic asks again.
    duplicates: list[LinkedTopicShape]


class RenderedShape(TypedDict):
    html: Html


class FilterQuery(PageQuery):
    kind = Choice(Kind.values, required=False)
    space = serializers.CharField(required=False, help_text="The slug of a space.")
    tag = serializers.CharField(required=False, help_text="The name of a tag.")
    author = serializers.CharField(required=False, help_text="The handle of who started it.")
    state = Choice([*STATES], required=False)
    since = Moment(required=False, help_text="Started then or later.")
    until = Moment(required=False, help_text="Started before.")


class TopicsQuery(FilterQuery):
    order = Choice(list(ORDERS), required=False, default="active")


class ThreadQuery(Query):
    after = serializers.CharField(
        required=False, default="", help_text="The cursor of the `next` link of the page before."
    )


class NewTopic(Written):
    space = Text(help_text="The slug of a space that you may read.")
    # What is shared needs an address or a file, too, which this has no field for.
    kind = Choice(
        [kind for kind in Kind.values if kind not in SHARED_KINDS],
        help_text="An announcement needs a moderator.",
    )
    title = Text()
    tags = serializers.ListField(child=Text(), help_text="1 to 5 names.")


class PostEdit(Input):
    source = Text(  # type: ignore[assignment]  # a field, not DRF's attribute
        required=False, help_text="Markdown."
    )
    title = Text(required=False, help_text="Of the topic; only with its opening post.")
    tags = serializers.ListField(
        child=Text(), required=False, help_text="Of the topic; only with its opening post."
    )
    reason = Text(required=False, help_text="Shown with the versions of the text.")


class Preview(Written):
    pass


class TopicList(ApiView):
    area = "discussions"

    @operation("List topics", query=TopicsQuery, gives=PageOf(TopicShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """In the order that is asked for; what you muted is left out unless a space or tag is
        named."""
        order = ORDERS[query["order"]]
        found = order.narrow(self._unmuted(query), self.person)
        rows = with_row_parts(found).select_related("author")
        return answer_page(request, rows, order.order, query, topic_shapes)

    @operation("Start a topic", sends=NewTopic, gives=TopicShape, status=201, keyed=True)
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        topic = start_topic(
            space_named(sent["space"], "space", viewer=self.person),
            by=self.person,
            kind=Kind(sent["kind"]),
            title=sent["title"],
            source=sent["source"],
            tags=sent["tags"],
            key=key,
        )
        url = f"/api/v1/topics/{topic.public_id}"
        return created(topic_shape(topic, tags_on(topic)), url)

    def _unmuted(self, query: Mapping[str, Any]) -> QuerySet[Topic]:
        found = filtered(query, self.person)
        is_named = query.keys() & {"space", "tag", "author"}
        return found if is_named else without_muted(found, self.person)


def filtered(query: Mapping[str, Any], viewer: User) -> TopicQuerySet:
    """What a FilterQuery leaves. Raises ObjectDoesNotExist for a space, tag or person that viewer
    may not know of."""
    found = Topic.objects.visible_to(viewer)
    if "kind" in query:
        found = found.filter(kind=query["kind"])
    if "state" in query:
        found = found.filter(STATES[query["state"]][1])
    if "since" in query:
        # A topic was active when it was started, too: that tells an index where to end.
        found = found.filter(created_at__gte=query["since"], active_at__gte=query["since"])
    if "until" in query:
        found = found.filter(created_at__lt=query["until"])
    if "author" in query:
        found = found.filter(author=get_person(query["author"], viewer=viewer))
    if "space" in query:
        space = get_space(query["space"], viewer=viewer)
        require_read(space, viewer)
        found = found.filter(space=space)
    if "tag" in query:
        found = found.filter(topic_tags__tag=get_tag(query["tag"], viewer=viewer))
    return found


def topic_shapes(topics: Sequence[Topic]) -> list[TopicShape]:
    """Of topics that came through with_row_parts(), with their authors."""
    return [topic_shape(topic, _names(topic.topic_tags.all())) for topic in topics]


def _names(rows: Iterable[TopicTag]) -> list[str]:
    return [row.tag.name for row in rows]


class TopicView(ApiView):
    area = "discussions"

    @operation("Read a topic", query=ThreadQuery, gives=ThreadShape)
    def get(self, request: Request, public_id: str, query: Mapping[str, Any]) -> Response:
        """With its opening post and 20 answers or replies; `next` leads to more."""
        topic = get_topic(public_id, viewer=self.person)
        thread = read_thread(topic, viewer=self.person, after=query["after"])
        return gave(
            {
                **topic_shape(topic, tags_on(topic)),
                "opening": _entry_shape(topic, thread.opening),
                "posts": [_entry_shape(topic, entry) for entry in thread.entries],
                "next": next_link(request, thread.older),
            }
        )


def _entry_shape(topic: Topic, entry: Entry) -> EntryShape:
    post = entry.post
    post.topic = topic
    for comment in entry.comments:
        comment.post.topic = topic
    is_reply = post.parent_id is not None and post.parent is not None
    return {
        **post_shape(post, post.parent.public_id if post.parent and is_reply else None),
        "comments": [post_shape(comment.post, post.public_id) for comment in entry.comments],
        "origin": _origin_shape(entry.origin) if entry.origin else None,
    }


def _origin_shape(origin: Origin) -> OriginShape:
    return {
        "system": origin.system,
        "url": origin.url,
        "author_url": origin.author_url,
        "licence": origin.licence,
    }


class LinkList(ApiView):
    area = "discussions"

    @operation("Read which topics a topic is linked with", gives=LinksShape)
    def get(self, request: Request, public_id: str) -> Response:
        topic = get_topic(public_id, viewer=self.person)
        linked = linked_topics(topic, viewer=self.person)
        return gave({"related": _linked(linked.related), "duplicates": _linked(linked.duplicates)})


def _linked(topics: Sequence[Topic]) -> list[LinkedTopicShape]:
    return [
        {"id": topic.public_id, "title": topic.title, "url": topic.get_absolute_url()}
        for topic in topics
    ]


class PostView(ApiView):
    area = "discussions"

    @operation("Read a post", gives=PostDetailShape)
    def get(self, request: Request, public_id: str) -> Response:
        post = get_post(public_id, viewer=self.person)
        return gave(post_detail_shape(post), post.version)

    @operation("Edit a post", sends=PostEdit, gives=PostDetailShape, versioned=True)
    def patch(
        self, request: Request, public_id: str, sent: Mapping[str, Any], version: int | None
    ) -> Response:
        """An opening post takes the title and the tags of its topic, too."""
        post = get_post(public_id, viewer=self.person)
        edited = edit_post(
            post,
            by=self.person,
            based_on=post.version if version is None else version,
            **{"source": post.source} | dict(sent),
        )
        return gave(post_detail_shape(edited), edited.version)

    @operation("Delete a post")
    def delete(self, request: Request, public_id: str) -> Response:
        """An opening post takes its topic along. Restoration brings both back."""
        remove_post(get_post(public_id, viewer=self.person), by=self.person)
        return done()


class PreviewView(ApiView):
    area = "discussions"

    @operation(
        "See how a text will look", sends=Preview, gives=RenderedShape, rate=("previews", 60)
    )
    def post(self, request: Request, sent: Mapping[str, Any]) -> Response:
        """Nothing is stored."""
        try:
            return gave({"html": Html(render_preview(sent["source"], self.person))})
        except TextRefused as error:
            raise ValidationError({"source": str(error)}) from error


urlpatterns = [
    path("topics", TopicList.as_view()),
    path("topics/<str:public_id>", TopicView.as_view()),
    path("topics/<str:public_id>/links", LinkList.as_view()),
    path("posts/<str:public_id>", PostView.as_view()),
    path("preview", PreviewView.as_view()),
]
