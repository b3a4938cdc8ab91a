"""Pages of two-step sign-in that allauth doesn't bring, or brings with internal keys."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.accounts.access import get_person
from community.accounts.confirming import confirmed
from community.http.forms import status_of, submit
from community.http.requests import found_or_404, member, see_other
from community.two_step.access import can_remove, get_passkey, lacks_two_step, require_reset
from community.two_step.actions import rename_passkey, reset_two_step
from community.two_step.forms import PasskeyNameForm

ACCOUNT_URL = "/me/account"


@require_safe
def required(request: HttpRequest) -> HttpResponse:
    """Where TwoStepMiddleware leads."""
    if not lacks_two_step(member(request)):
        return see_other("/")
    return render(request, "community/two_step/required.html")


@require_safe
@confirmed
@found_or_404
def recovery_codes(request: HttpRequest) -> HttpResponse:
    context = {"codes": _unused_codes(request)}
    return render(request, "mfa/recovery_codes/index.html", context)


@require_safe
@confirmed
@found_or_404
def recovery_codes_download(request: HttpRequest) -> HttpResponse:
    text = "\n".join([*_unused_codes(request), ""])
    headers = {"Content-Disposition": 'attachment; filename="recovery-codes.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _unused_codes(request: HttpRequest) -> list[str]:
    codes = Authenticator.objects.get(user=member(request), type=Authenticator.Type.RECOVERY_CODES)
    found: list[str] = codes.wrap().get_unused_codes()
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
@confirmed
def passkey_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    viewer = member(request)
    passkey = get_passkey(public_id, viewer=viewer)
    sent = request.POST if request.method == "POST" else None
    form = PasskeyNameForm(sent, initial={"name": passkey.data["name"]})
    renamed = submit(form, lambda: _rename(passkey, form, request)) if form.is_bound else None
    if renamed:
        messages.success(request, _("The passkey has its new name."))
        return see_other(ACCOUNT_URL)
    context = {"form": form, "public_id": public_id, "name": passkey.data["name"]}
    return render(request, "mfa/webauthn/edit.html", context, status=status_of(form))


def _rename(passkey: Authenticator, form: PasskeyNameForm, request: HttpRequest) -> bool:
    rename_passkey(passkey, form.cleaned_data["name"], by=member(request))
    return True


@require_POST
@found_or_404
@confirmed
def passkey_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    passkey = get_passkey(public_id, viewer=member(request))
    if can_remove(passkey):
        remove_authenticator(request, passkey)
    else:
        messages.error(
            request, _("What you may do here asks for two-step sign-in. Add another way first.")
        )
    return see_other(ACCOUNT_URL)


@require_POST
@found_or_404
def two_step_reset(request: HttpRequest, handle: str) -> HttpResponse:
    viewer = member(request)
    person = get_person(handle, viewer=viewer)
    require_reset(person, viewer)
    reset_two_step(person, by=viewer)
    said = _("%(name)s signs in with the password alone now, and sets two-step sign-in up anew.")
    messages.success(request, said % {"name": person})
    return see_other(f"/admin/people/{person.handle}")
