"""The door: an invitation is opened, an address signs up."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from community.accounts.sign_in import too_many_requests
from community.http.forms import status_of, submit
from community.http.requests import see_other
from community.invitations.accepting import (
    Newcomer,
    accept_invitation,
    asks_title,
)
from community.invitations.access import (
    came_too_late,
    needs_approval,
    usable_invitation,
    usable_link,
)
from community.invitations.asking import ask_for_account, ask_to_sign_up
from community.invitations.forms import AccountRequestForm, AddressForm, NewcomerForm
from community.invitations.models import Invitation, InvitationLink

DOOR = "community/invitations/door"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation or a link; whatever is over, used up, withdrawn or wrong is answered alike.

    Who confirmed an address is told where others were faster.
    """
    if request.user.is_authenticated:
        return render(request, f"{DOOR}/signed_in.html")
    try:
        return _open(request, token)
    except ObjectDoesNotExist:
        page = "full" if came_too_late(token) else "over"
        return render(request, f"{DOOR}/{page}.html", status=404)


def _open(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = usable_invitation(token)
    except Invitation.DoesNotExist:
        return _address(request, usable_link(token), token)
    if needs_approval(invitation):
        return _request(request, invitation, token)
    return _newcomer(request, invitation, token)


def _newcomer(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    initial = {"name": invitation.name}
    form = NewcomerForm(sent, asks_title=asks_title(invitation), initial=initial)
    person = submit(form, lambda: accept_invitation(token, Newcomer(**form.cleaned_data)))
    if person is not None:
        login(request, person)
        return see_other("/")
    context = {"form": form, "invitation": invitation}
    return render(request, f"{DOOR}/newcomer.html", context, status=status_of(form))


def _request(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = AccountRequestForm(sent, initial={"name": invitation.name})
    if submit(form, lambda: ask_for_account(token, **form.cleaned_data)) is not None:
        return see_other(reverse("join", args=[token]))
    context = {"form": form, "invitation": invitation}
    context["asked"] = hasattr(invitation, "request")
    return render(request, f"{DOOR}/request.html", context, status=status_of(form))


def _address(request: HttpRequest, link: InvitationLink, token: str) -> HttpResponse:
    """Whoever has the link says an address, and comes in by the letter that goes there."""
    return _take_address(request, reverse("join", args=[token]), link)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    if not settings.SIGN_UP_DOMAINS:
        return render(request, "account/signup_closed.html")
    return _take_address(request, reverse("account_signup"), None)


def _take_address(request: HttpRequest, url: str, link: InvitationLink | None) -> HttpResponse:
    """Whoever has an account already gets the same answer: only the letter differs."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not _is_slow_enough(request):
        return too_many_requests(request)
    asked = submit(form, lambda: ask_to_sign_up(form.cleaned_data["email"], link=link))
    if asked is not None:
        return see_other(reverse("sign_up_sent"))
    context = {"form": form, "url": url, "link": link, "domains": settings.SIGN_UP_DOMAINS}
    return render(request, f"{DOOR}/address.html", context, status=status_of(form))


def _is_slow_enough(request: HttpRequest) -> bool:
    """Counts per client and per address: nobody's mail is flooded from here."""
    email = request.POST.get("email", "").strip().lower()[:254]
    return bool(ratelimit.consume(request, action="signup", key=email))


@login_not_required
@require_safe
def sign_up_sent(request: HttpRequest) -> HttpResponse:
    return render(request, f"{DOOR}/sent.html")
