"""Sharing, describing, using and rating resources; the page itself is that of the topic."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.models import User
from community.http.conflicts import EditConflict, overlaps
from community.http.forms import status_of, submit
from community.http.rate import limit_rate
from community.http.requests import found_or_404, member, see_other
from community.spaces.access import get_space
from community.spaces.queries import writable_spaces
from discussions.drafts.places import Form, Place
from discussions.pages.attaching import Sent
from discussions.pages.drafting import Drafting, as_typed, reopen
from discussions.pages.forms import split_tags
from discussions.pages.preview import rendered_preview
from discussions.pages.resource_forms import DescribeForm, RatingForm, ShareForm
from discussions.resources.access import get_resource, require_rate
from discussions.resources.actions import (
    describe_resource,
    rate_resource,
    share_link,
    unrate_resource,
    unuse_resource,
    use_resource,
)
from discussions.resources.models import Resource
from discussions.resources.queries import already_shared, rating_of
from discussions.topics.access import require_edit_topic
from discussions.topics.models import Topic
from frontend.htmx import render_page

PLACE = Place(Form.SHARE)


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def resource_share(request: HttpRequest) -> HttpResponse:
    by = member(request)
    spaces = list(writable_spaces(by))
    if request.method != "POST":
        wishes = {name: request.GET.get(name, "") for name in ("url", "title", "space", "tags")}
        drafting = reopen(PLACE, wishes, by=by)
        return _render_share(request, ShareForm(initial=drafting.initial, spaces=spaces), drafting)
    sent, drafting = Sent(request), as_typed(PLACE, request.POST)
    form = ShareForm(sent.data, spaces=spaces)
    if "preview" in request.POST:
        return _render_share(
            request, form, drafting, preview=rendered_preview(request, sent.source)
        )
    topic = sent.submit(form, lambda: _share(form, by), place=PLACE)
    if topic is None:
        return _render_share(request, form, drafting, status=422)
    return see_other(topic.get_absolute_url())


def _share(form: ShareForm, by: User) -> Topic:
    data = form.cleaned_data
    if not data["again"] and already_shared(data["url"], by, key=data["key"]):
        raise ValidationError({"again": _("This page is shared already: look above first.")})
    return share_link(
        get_space(data["space"], viewer=by),
        by=by,
        url=data["url"],
        title=data["title"],
        source=data["source"],
        tags=split_tags(data["tags"]),
        details=form.details(),
        key=data["key"],
    )


def _render_share(
    request: HttpRequest,
    form: ShareForm,
    drafting: Drafting,
    *,
    preview: str = "",
    status: int = 200,
) -> HttpResponse:
    known = _known(str(form["url"].value() or ""), member(request))
    context = {"form": form, "drafting": drafting, "known": known, "preview_html": preview}
    return render_page(request, "discussions/pages/share.html", context, status=status)


@require_safe
@limit_rate("known", per_minute=120, methods=("GET",))
def resource_known(request: HttpRequest) -> HttpResponse:
    """What is shared already under the address in the field url, for the form to show."""
    known = _known(request.GET.get("url", ""), member(request))
    return render_page(request, "discussions/pages/share_known.html", {"known": known})


def _known(url: str, viewer: User) -> list[Resource]:
    """Nothing for what is no address, or not yet."""
    try:
        return already_shared(url, viewer)
    except ValidationError:
        return []


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def resource_describe(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    resource = get_resource(public_id, viewer=by)
    require_edit_topic(resource.topic, by)
    saved = _saved(resource)
    form = DescribeForm(request.POST or None, resource=resource, initial=saved)
    try:
        if submit(form, lambda: _describe(form, resource, by)):
            return see_other(resource.topic.get_absolute_url())
    except EditConflict:
        return _render_conflict(request, form, get_resource(public_id, viewer=by))
    return _render_verb(request, resource, form, _("Edit the details"), _("Save"))


def _saved(resource: Resource) -> dict[str, Any]:
    link = getattr(resource, "link", None)
    return {
        "url": link.url if link else "",
        "minutes": resource.minutes,
        "level": resource.level,
        "language": resource.language,
        "version": resource.version,
    }


def _describe(form: DescribeForm, resource: Resource, by: User) -> Resource:
    data = form.cleaned_data
    return describe_resource(
        resource.topic,
        by=by,
        details=form.details(),
        based_on=data["version"],
        url=data.get("url"),
    )


def _render_conflict(request: HttpRequest, typed: DescribeForm, resource: Resource) -> HttpResponse:
    """409: what was typed stays in the form, now based on the details that stand above it."""
    saved = _saved(resource)
    mine = typed.cleaned_data | {"version": saved["version"]}
    form, title = DescribeForm(resource=resource, initial=mine), _("Edit the details")
    found = overlaps(typed, saved)
    return _render_verb(request, resource, form, title, _("Save"), status=409, overlaps=found)


@require_POST
@found_or_404
def resource_use(request: HttpRequest, public_id: str) -> HttpResponse:
    topic = get_resource(public_id, viewer=member(request)).topic
    use_resource(topic, by=member(request))
    return see_other(topic.get_absolute_url())


@require_POST
@found_or_404
def resource_unuse(request: HttpRequest, public_id: str) -> HttpResponse:
    topic = get_resource(public_id, viewer=member(request)).topic
    unuse_resource(topic, by=member(request))
    return see_other(topic.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def resource_rate(request: HttpRequest, public_id: str) -> HttpResponse:
    by = member(request)
    resource = get_resource(public_id, viewer=by)
    require_rate(resource.topic, by)
    mine = rating_of(resource, by)
    saved = {"stars": mine.stars, "sentence": mine.sentence} if mine else {}
    form = RatingForm(request.POST if request.method == "POST" else None, initial=saved)
    if submit(form, lambda: _rate(form, resource.topic, by)):
        return see_other(resource.topic.get_absolute_url())
    return _render_verb(request, resource, form, _("Rate this"), _("Rate it"))


def _rate(form: RatingForm, topic: Topic, by: User) -> object:
    data = form.cleaned_data
    return rate_resource(topic, by=by, stars=int(data["stars"]), sentence=data["sentence"])


@require_POST
@found_or_404
def resource_unrate(request: HttpRequest, public_id: str) -> HttpResponse:
    topic = get_resource(public_id, viewer=member(request)).topic
    unrate_resource(topic, by=member(request))
    return see_other(topic.get_absolute_url())


def _render_verb(
    request: HttpRequest,
    resource: Resource,
    form: forms.Form,
    title: str,
    verb: str,
    *,
    status: int = 0,
    **more: object,
) -> HttpResponse:
    context = {"topic": resource.topic, "form": form, "title": title, "verb": verb, **more}
    return render_page(
        request, "discussions/pages/verb.html", context, status=status or status_of(form)
    )
