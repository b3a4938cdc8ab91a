"""Sharing files and videos, their versions, and the captions of videos."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.models import User
from community.files.actions import FILES_A_MINUTE, store_file
from community.http.forms import status_of, submit
from community.http.keyset import Order, page_or_first
from community.http.rate import count_request
from community.http.requests import found_or_404, member, see_other
from community.http.uploads import name_of
from community.spaces.access import get_space
from community.spaces.queries import writable_spaces
from discussions.drafts.places import Form, Place
from discussions.pages.addresses import file_view
from discussions.pages.attaching import Sent
from discussions.pages.drafting import Drafting, as_typed, reopen
from discussions.pages.forms import split_tags
from discussions.pages.preview import rendered_preview
from discussions.pages.resource_forms import CaptionsForm, ShareFileForm, VersionForm
from discussions.resources.files import (
    add_version,
    bring_back_version,
    remove_captions,
    sent_file,
    set_captions,
    share_file,
)
from discussions.resources.languages import NAMES
from discussions.resources.models import Captions, Resource, Version
from discussions.resources.queries import all_versions, captions_in, files_of
from discussions.topics.access import can_edit_topic, require_edit_topic
from discussions.topics.models import Kind, Topic
from frontend.htmx import render_page

NEWEST = Order(("-number",))
PAGE_ROWS = 25

PLACE = Place(Form.FILE)


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def file_share(request: HttpRequest) -> HttpResponse:
    by = member(request)
    spaces = list(writable_spaces(by))
    if request.method != "POST":
        wishes = {name: request.GET.get(name, "") for name in ("title", "space", "tags")}
        drafting = reopen(PLACE, wishes, by=by)
        form = ShareFileForm(initial=drafting.initial, spaces=spaces)
        return _render_share(request, form, drafting)
    sent, drafting = Sent(request), as_typed(PLACE, request.POST)
    refused = _keep_upload(request, sent.data)
    form = ShareFileForm(sent.data, spaces=spaces, refused=refused)
    if "preview" in request.POST:
        html = rendered_preview(request, sent.source)
        return _render_share(request, form, drafting, preview=html)
    topic = sent.submit(form, lambda: _share(form, by), place=PLACE)
    if topic is None:
        return _render_share(request, form, drafting, status=422)
    return see_other(topic.get_absolute_url())


def _share(form: ShareFileForm, by: User) -> Topic:
    data = form.cleaned_data
    return share_file(
        get_space(data["space"], viewer=by),
        by=by,
        file=data["file"],
        title=data["title"],
        source=data["source"],
        tags=split_tags(data["tags"]),
        details=form.details(),
        key=data["key"],
    )


def _keep_upload(request: HttpRequest, data: QueryDict) -> list[str]:
    """Store what came with the form at once, so that a refused form still has it.

    Its public id stands in the field file then. Returns what is wrong with it, in sentences.
    """
    sent = request.FILES.get("upload")
    if sent is None:
        return []
    by = member(request)
    if count_request("files", by.public_id) > FILES_A_MINUTE:
        return [_("At most %(limit)s files are sent in a minute.") % {"limit": FILES_A_MINUTE}]
    try:
        data["file"] = store_file(sent, by=by, name=name_of(sent)).public_id
    except ValidationError as error:
        return error.messages
    return []


def _kept_name(form: forms.Form, by: User) -> str:
    """The name of the file that the form holds already."""
    try:
        return sent_file(str(form["file"].value() or ""), by=by).name
    except ValidationError:
        return ""


def _render_share(
    request: HttpRequest,
    form: ShareFileForm,
    drafting: Drafting,
    *,
    preview: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "drafting": drafting, "preview_html": preview}
    context["kept_name"] = _kept_name(form, member(request))
    return render_page(request, "discussions/pages/share_file.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@file_view
def version_list(request: HttpRequest, resource: Resource) -> HttpResponse:
    """All versions of a file, with the form for a newer one for those who may give one."""
    by = member(request)
    if request.method != "POST":
        return _render_versions(request, resource, VersionForm())
    require_edit_topic(resource.topic, by)
    data = request.POST.copy()
    form = VersionForm(data, refused=_keep_upload(request, data))

    def add() -> Version:
        sent = form.cleaned_data
        return add_version(
            resource.topic, by=by, file=sent["file"], note=sent["note"], key=sent["key"]
        )

    # A repeat keeps its upload under another name.
    if submit(form, add, sent=request.POST):
        return see_other(resource.topic.get_absolute_url())
    return _render_versions(request, resource, form)


def _render_versions(request: HttpRequest, resource: Resource, form: VersionForm) -> HttpResponse:
    page, astray = page_or_first(request, all_versions(resource), NEWEST, size=PAGE_ROWS)
    context = {
        "topic": resource.topic,
        "page": page,
        "astray": astray,
        "can_add": can_edit_topic(resource.topic, member(request)),
        "form": form,
        "kept_name": _kept_name(form, member(request)),
    }
    return render_page(request, "discussions/pages/versions.html", context, status=status_of(form))


@require_POST
@file_view
def version_return(request: HttpRequest, resource: Resource, number: int) -> HttpResponse:
    try:
        bring_back_version(resource.topic, by=member(request), number=number)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return see_other(resource.topic.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@file_view
def captions_list(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The captions of a video, and the form for more, for those who edit its text."""
    by = member(request)
    if resource.topic.kind != Kind.VIDEO:
        raise Version.DoesNotExist
    require_edit_topic(resource.topic, by)
    form = CaptionsForm(request.POST or None, request.FILES or None)

    def give() -> Captions:
        sent = form.cleaned_data
        content = sent["captions"].read()
        return set_captions(resource.topic, by=by, language=sent["language"], content=content)

    if submit(form, give):
        return see_other(f"/resources/{resource.topic.public_id}/captions")
    captions = files_of(resource).captions
    context = {"topic": resource.topic, "captions": captions, "form": form}
    return render_page(request, "discussions/pages/captions.html", context, status=status_of(form))


@require_safe
@file_view
def captions_show(request: HttpRequest, resource: Resource, language: str) -> HttpResponse:
    """The captions as WebVTT, which only the page's own player reads."""
    captions = captions_in(resource, language)
    headers = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(captions.text, content_type="text/vtt; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@file_view
def captions_remove(request: HttpRequest, resource: Resource, language: str) -> HttpResponse:
    """Ask first: who takes them away needs the file to bring them back."""
    topic, by = resource.topic, member(request)
    require_edit_topic(topic, by)
    captions_in(resource, language)
    if request.method == "POST":
        remove_captions(topic, by=by, language=language)
        return see_other(f"/resources/{topic.public_id}/captions")
    title = _("Remove the captions in %(language)s?") % {"language": NAMES.get(language, language)}
    context = {"topic": topic, "form": forms.Form(), "title": title, "verb": _("Remove them")}
    return render(request, "discussions/pages/verb.html", context)
