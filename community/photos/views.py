"""One's own photo, and the photos that avatars show."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.models import User
from community.attachments.access import get_file
from community.files.models import File
from community.files.sending import send_file
from community.http.forms import status_of, submit
from community.http.requests import found_or_404, member, see_other
from community.photos.actions import remove_photo, send_photo
from community.photos.forms import PhotoForm


@require_safe
@found_or_404
def photo_show(request: HttpRequest, public_id: str, width: int) -> HttpResponseBase:
    """A photo about that wide. Another one has another address, so it may be kept for an hour."""
    response = send_file(request, get_file(public_id, viewer=member(request)), width=width)
    if response.status_code in {200, 304}:
        response["Cache-Control"] = "private, max-age=3600"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def my_photo(request: HttpRequest) -> HttpResponse:
    person = member(request)
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    if submit(form, lambda: _send(form, person)) is None:
        context = {"form": form}
        return render(request, "community/photos/my_photo.html", context, status=status_of(form))
    messages.success(request, _("Your photo is being made. It shows in a moment."))
    return see_other("/me/photo")


def _send(form: PhotoForm, person: User) -> File:
    sent = form.cleaned_data["photo"]
    return send_photo(person, sent, by=person, name=sent.name, square=form.square())


@require_POST
def my_photo_remove(request: HttpRequest) -> HttpResponse:
    remove_photo(member(request), by=member(request))
    messages.success(request, _("Your photo is removed; your initials show again."))
    return see_other("/me/photo")
