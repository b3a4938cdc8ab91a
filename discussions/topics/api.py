"""Adding to topics and what becomes of them, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Input, Moment, PageQuery, Text, Written
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from discussions.topics.access import get_post, get_topic
from discussions.topics.actions import (
    blank_revision,
    close_topic,
    pin_topic,
    post_comment,
    post_reply,
    reopen_topic,
    restore_post,
    roll_back,
    unpin_topic,
)
from discussions.topics.models import Closure, Post, Revision
from discussions.topics.queries import closures_of, revisions_of
from discussions.topics.shapes import (
    ClosureShape,
    PostDetailShape,
    RevisionShape,
    closure_shape,
    post_detail_shape,
    revision_shape,
)

OLDEST = Order(("at", "id"))
NEWEST = Order(("-number",))


class NewComment(Written):
    pass


class NewReply(Written):
    reply_to = Text(required=False, help_text="The id of the post that it replies to.")


class Closing(Input):
    reason = Text()


class Pinning(Input):
    until = Moment(help_text="A year from now at most.")


def posted(post: Post) -> Response:
    """Answer a post that was just made."""
    return created(post_detail_shape(post), f"/api/v1/posts/{post.public_id}", post.version)


class ReplyList(ApiView):
    area = "discussions"

    @operation("Reply", sends=NewReply, gives=PostDetailShape, status=201, keyed=True)
    def post(self, request: Request, public_id: str, sent: Mapping[str, Any], key: str) -> Response:
        """To a discussion, an article or an announcement."""
        topic = get_topic(public_id, viewer=self.person)
        to = self._replied(sent.get("reply_to", ""))
        source = sent["source"]
        return posted(post_reply(topic, by=self.person, source=source, reply_to=to, key=key))

    def _replied(self, public_id: str) -> Post | None:
        if not public_id:
            return None
        try:
            return get_post(public_id, viewer=self.person)
        except ObjectDoesNotExist as error:
            gone = _("What this replies to is no longer here.")
            raise ValidationError({"reply_to": gone}) from error


class CommentList(ApiView):
    area = "discussions"

    @operation("Comment on a post", sends=NewComment, gives=PostDetailShape, status=201, keyed=True)
    def post(self, request: Request, public_id: str, sent: Mapping[str, Any], key: str) -> Response:
        """A comment on a comment hangs on what that one hangs on."""
        parent = get_post(public_id, viewer=self.person)
        return posted(post_comment(parent, by=self.person, source=sent["source"], key=key))


class RestorationView(ApiView):
    area = "discussions"

    @operation("Bring a deleted post back", gives=PostDetailShape)
    def post(self, request: Request, public_id: str) -> Response:
        """An opening post brings its topic back."""
        post = restore_post(get_post(public_id, viewer=self.person), by=self.person)
        return gave(post_detail_shape(post), post.version)


class ClosureView(ApiView):
    area = "discussions"

    @operation("Close a topic", sends=Closing, gives=ClosureShape)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """For moderators. The reason of a closed one stays."""
        topic = get_topic(public_id, viewer=self.person)
        return gave(closure_shape(close_topic(topic, by=self.person, reason=sent["reason"])))

    @operation("Open a topic again")
    def delete(self, request: Request, public_id: str) -> Response:
        reopen_topic(get_topic(public_id, viewer=self.person), by=self.person)
        return done()


class ClosureList(ApiView):
    area = "discussions"

    @operation("List how a topic was closed, in order", query=PageQuery, gives=PageOf(ClosureShape))
    def get(self, request: Request, public_id: str, query: Mapping[str, Any]) -> Response:
        topic = get_topic(public_id, viewer=self.person)
        return answer_page(request, closures_of(topic), OLDEST, query, _closures)


def _closures(closures: Sequence[Closure]) -> list[ClosureShape]:
    return [closure_shape(closure) for closure in closures]


class PinView(ApiView):
    area = "discussions"

    @operation("Keep a topic on top of its space", sends=Pinning)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """For moderators."""
        topic = get_topic(public_id, viewer=self.person)
        pin_topic(topic, by=self.person, until=sent["until"])
        return done()

    @operation("Let a topic sink")
    def delete(self, request: Request, public_id: str) -> Response:
        unpin_topic(get_topic(public_id, viewer=self.person), by=self.person)
        return done()


class RevisionList(ApiView):
    area = "discussions"

    @operation(
        "List the versions of a post, the newest first",
        query=PageQuery,
        gives=PageOf(RevisionShape),
    )
    def get(self, request: Request, public_id: str, query: Mapping[str, Any]) -> Response:
        post = get_post(public_id, viewer=self.person)
        return answer_page(request, revisions_of(post), NEWEST, query, _revisions)


def _revisions(revisions: Sequence[Revision]) -> list[RevisionShape]:
    return [revision_shape(revision) for revision in revisions]


class RevisionView(ApiView):
    area = "discussions"

    @operation("Read a version of a post", gives=RevisionShape)
    def get(self, request: Request, public_id: str, number: int) -> Response:
        post = get_post(public_id, viewer=self.person)
        return gave(revision_shape(revisions_of(post).get(number=number)))


class RollbackView(ApiView):
    area = "discussions"

    @operation("Go back to an earlier version", gives=PostDetailShape, versioned=True)
    def post(self, request: Request, public_id: str, number: int, version: int | None) -> Response:
        post = get_post(public_id, viewer=self.person)
        based_on = post.version if version is None else version
        back = roll_back(post, to=number, by=self.person, based_on=based_on)
        return gave(post_detail_shape(back), back.version)


class BlankingView(ApiView):
    area = "discussions"

    @operation("Empty an earlier version", gives=RevisionShape)
    def post(self, request: Request, public_id: str, number: int) -> Response:
        """For moderators. It can't be taken back."""
        post = get_post(public_id, viewer=self.person)
        revision = revisions_of(post).get(number=number)
        return gave(revision_shape(blank_revision(revision, by=self.person)))


urlpatterns = [
    path("topics/<str:public_id>/replies", ReplyList.as_view()),
    path("topics/<str:public_id>/closure", ClosureView.as_view()),
    path("topics/<str:public_id>/closures", ClosureList.as_view()),
    path("topics/<str:public_id>/pin", PinView.as_view()),
    path("posts/<str:public_id>/comments", CommentList.as_view()),
    path("posts/<str:public_id>/restoration", RestorationView.as_view()),
    path("posts/<str:public_id>/revisions", RevisionList.as_view()),
    path("posts/<str:public_id>/revisions/<int:number>", RevisionView.as_view()),
    path("posts/<str:public_id>/revisions/<int:number>/rollback", RollbackView.as_view()),
    path("posts/<str:public_id>/revisions/<int:number>/blanking", BlankingView.as_view()),
]
