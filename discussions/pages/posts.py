"""Answering, replying, commenting, voting, accepting, deleting and restoring."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.accounts.models import User
from community.http.forms import status_of
from community.http.requests import member, see_other
from discussions.answers.actions import accept_answer, post_answer, remove_post, unaccept_answer
from discussions.drafts.places import Form, Place
from discussions.pages.addresses import post_view, topic_view
from discussions.pages.attaching import Sent
from discussions.pages.drafting import Drafting, as_typed, reopen
from discussions.pages.forms import AnswerForm, CommentForm, ReplyForm
from discussions.pages.preview import rendered_preview
from discussions.pages.thread import empty_message, render_topic
from discussions.reactions.actions import cast_vote, withdraw_vote
from discussions.reactions.queries import votes_of
from discussions.topics.access import can_post, get_post
from discussions.topics.actions import post_comment, post_reply, restore_post
from discussions.topics.models import Post, Topic
from frontend.htmx import render_page


@require_POST
@topic_view
def answer_create(request: HttpRequest, topic: Topic) -> HttpResponse:
    sent = Sent(request, may_store=can_post(topic, member(request)))
    form = AnswerForm(sent.data)

    def answer() -> Post:
        data = form.cleaned_data
        return post_answer(topic, by=member(request), source=data["source"], key=data["key"])

    return _write(request, topic, sent, form, answer)


@require_POST
@topic_view
def reply_create(request: HttpRequest, topic: Topic) -> HttpResponse:
    by = member(request)
    sent = Sent(request, may_store=can_post(topic, by))
    form = ReplyForm(sent.data)

    def reply() -> Post:
        data = form.cleaned_data
        to = _replied(data["reply_to"], by)
        return post_reply(topic, by=by, source=data["source"], reply_to=to, key=data["key"])

    return _write(request, topic, sent, form, reply)


def _replied(public_id: str, by: User) -> Post | None:
    """Raises ValidationError where it is gone: what was typed must not go with it."""
    if not public_id:
        return None
    try:
        return get_post(public_id, viewer=by)
    except ObjectDoesNotExist as error:
        raise ValidationError({"": _("What this replies to is no longer here.")}) from error


def _write(
    request: HttpRequest, topic: Topic, sent: Sent, form: forms.Form, post: Callable[[], Post]
) -> HttpResponse:
    """Post what the form holds, or show the topic with the form as it was typed."""
    if "preview" in request.POST:
        preview = rendered_preview(request, sent.source)
        return render_topic(request, topic, form, preview=preview)
    posted = sent.submit(form, post, place=Place(Form.TOPIC, topic.public_id))
    if posted is None:
        return render_topic(request, topic, form, status=422)
    return see_other(posted.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@post_view
def comment_create(request: HttpRequest, post: Post) -> HttpResponse:
    """The form, a page of its own or, for htmx, what belongs beneath the post; and its sending."""
    sent = Sent(request, may_store=can_post(post.topic, member(request)))
    place = Place(Form.COMMENT, post.public_id)
    # Several may be open on the page of a topic, beside the form of an answer.
    ids = f"id_comment_{post.number}_%s"
    if request.method == "POST":
        form, drafting = CommentForm(sent.data, auto_id=ids), as_typed(place, sent.data)
    else:
        drafting = reopen(place, {}, by=member(request))
        form = CommentForm(initial=drafting.initial, auto_id=ids)

    def comment() -> Post:
        data = form.cleaned_data
        return post_comment(post, by=member(request), source=data["source"], key=data["key"])

    if "preview" in request.POST:
        preview = rendered_preview(request, sent.source)
        return _render_comment(request, post, form, drafting, preview=preview)
    posted = sent.submit(form, comment, place=place)
    if posted is not None:
        return see_other(posted.get_absolute_url())
    return _render_comment(request, post, form, drafting, status=status_of(form))


def _render_comment(
    request: HttpRequest,
    post: Post,
    form: CommentForm,
    drafting: Drafting,
    *,
    preview: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"post": post, "topic": post.topic, "form": form, "drafting": drafting}
    context["preview_html"] = preview
    partials, template = {f"write-{post.number}": "form"}, "discussions/pages/comment.html"
    return render_page(request, template, context, partials=partials, status=status)


@require_POST
@post_view
def post_delete(request: HttpRequest, post: Post) -> HttpResponse:
    by = member(request)
    remove_post(post, by=by)
    opening = post.kind == Post.Kind.OPENING
    text = _("The topic is deleted.") if opening else _("The post is deleted.")
    messages.success(request, text, extra_tags=f"undo:/posts/{post.public_id}/restoration")
    place = post.topic.space if opening else post.topic
    return see_other(place.get_absolute_url())


@require_POST
@post_view
def post_restore(request: HttpRequest, post: Post) -> HttpResponse:
    restore_post(post, by=member(request))
    return see_other(post.get_absolute_url())


@require_POST
@post_view
def vote_create(request: HttpRequest, post: Post) -> HttpResponse:
    """Vote. A pressed button leads to vote_withdraw; without scripts the note here does."""
    by = member(request)
    value = {"1": 1, "-1": -1}.get(request.POST.get("value", ""), 0)
    if votes_of(by, [post]).get(post.pk) == value:
        removal = f"undo:/posts/{post.public_id}/votes/removal"
        messages.info(request, _("You have voted so already."), extra_tags=removal)
    try:
        cast_vote(post, by=by, value=value)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        if "value" in error.message_dict:
            topic = post.topic
            return render_topic(request, topic, empty_message(request, topic), status=422)
    return see_other(post.get_absolute_url())


@require_POST
@post_view
def vote_withdraw(request: HttpRequest, post: Post) -> HttpResponse:
    withdraw_vote(post, by=member(request))
    return see_other(post.get_absolute_url())


@require_POST
@post_view
def acceptance_create(request: HttpRequest, answer: Post) -> HttpResponse:
    try:
        accept_answer(answer, by=member(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(answer.get_absolute_url())


@require_POST
@post_view
def acceptance_remove(request: HttpRequest, answer: Post) -> HttpResponse:
    unaccept_answer(answer, by=member(request))
    return see_other(answer.get_absolute_url())
