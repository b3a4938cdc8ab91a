"""Answering, replying, commenting, voting, accepting, deleting and restoring."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.http.requests import found_or_404, member, see_other
from discussions.answers.actions import accept_answer, post_answer, remove_post, unaccept_answer
from discussions.pages.forms import AnswerForm, CommentForm, ReplyForm, show_errors
from discussions.pages.preview import rendered_preview
from discussions.pages.thread import empty_message, render_topic
from discussions.reactions.actions import cast_vote, withdraw_vote
from discussions.reactions.queries import votes_of
from discussions.topics.access import get_post, get_topic
from discussions.topics.actions import post_comment, post_reply, restore_post
from discussions.topics.models import Post, Topic
from frontend.htmx import render_page


@require_POST
@found_or_404
def answer_create(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    topic = get_topic(public_id, viewer=by)
    form = AnswerForm(request.POST)
    return _write(
        request,
        topic,
        form,
        lambda data: post_answer(topic, by=by, source=data["source"], key=data["key"]),
    )


@require_POST
@found_or_404
def reply_create(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    topic = get_topic(public_id, viewer=by)
    form = ReplyForm(request.POST)

    def reply(data: dict[str, str]) -> Post:
        to = _replied(data["reply_to"], request)
        return post_reply(topic, by=by, source=data["source"], reply_to=to, key=data["key"])

    return _write(request, topic, form, reply)


def _replied(public_id: str, request: HttpRequest) -> Post | None:
    """Raises ValidationError where it is gone: what was typed must not go with it."""
    if not public_id:
        return None
    try:
        return get_post(public_id, viewer=member(request))
    except ObjectDoesNotExist as error:
        raise ValidationError({"": _("What this replies to is no longer here.")}) from error


def _write(
    request: HttpRequest, topic: Topic, form: forms.Form, post: Callable[[dict[str, str]], Post]
) -> HttpResponse:
    """Post what the form holds, or show the topic with the form as it was typed."""
    if "preview" in request.POST:
        preview = rendered_preview(str(form["source"].value() or ""))
        return render_topic(request, topic, form, preview=preview)
    if form.is_valid():
        try:
            return see_other(post(form.cleaned_data).get_absolute_url())
        except (PermissionDenied, ValidationError) as error:
            show_errors(form, error)
    return render_topic(request, topic, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def comment_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form, a page of its own or, for htmx, what belongs beneath the post; and its sending."""
    by = member(request)
    post = get_post(public_id, viewer=by)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            comment = post_comment(post, by=by, source=data["source"], key=data["key"])
            return see_other(comment.get_absolute_url())
        except (PermissionDenied, ValidationError) as error:
            show_errors(form, error)
    context = {"post": post, "topic": post.topic, "form": form}
    partials = {f"write-{post.number}": "form"}
    status = 422 if form.is_bound else 200
    template = "discussions/pages/comment.html"
    return render_page(request, template, context, partials=partials, status=status)


@require_POST
@found_or_404
def post_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    post = get_post(public_id, viewer=by)
    remove_post(post, by=by)
    opening = post.kind == Post.Kind.OPENING
    text = _("The topic is deleted.") if opening else _("The post is deleted.")
    messages.success(request, text, extra_tags=f"undo:/posts/{post.public_id}/restoration")
    place = post.topic.space if opening else post.topic
    return see_other(place.get_absolute_url())


@require_POST
@found_or_404
def post_restore(request: HttpRequest, public_id: str) -> HttpResponse:
    post = get_post(public_id, viewer=member(request))
    restore_post(post, by=member(request))
    return see_other(post.get_absolute_url())


@require_POST
@found_or_404
def vote_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Vote. A pressed button leads to vote_withdraw; without scripts the note here does."""
    by = member(request)
    post = get_post(public_id, viewer=by)
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
@found_or_404
def vote_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    post = get_post(public_id, viewer=member(request))
    withdraw_vote(post, by=member(request))
    return see_other(post.get_absolute_url())


@require_POST
@found_or_404
def acceptance_create(request: HttpRequest, public_id: str) -> HttpResponse:
    answer = get_post(public_id, viewer=member(request))
    try:
        accept_answer(answer, by=member(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(answer.get_absolute_url())


@require_POST
@found_or_404
def acceptance_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    answer = get_post(public_id, viewer=member(request))
    unaccept_answer(answer, by=member(request))
    return see_other(answer.get_absolute_url())
