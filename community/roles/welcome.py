"""The page of a new site: it makes the first admin, for whoever started the server."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from community.accounts.models import User
from community.http.forms import status_of, submit
from community.http.requests import see_other
from community.roles.actions import make_first_admin
from community.roles.forms import WelcomeForm
from community.roles.queries import site_is_new
from community.roles.setup import is_setup_token


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Without the token, say where it stands; with a wrong one, or once there is an admin, 404."""
    token = request.GET.get("token", "")
    if not site_is_new() or (token and not is_setup_token(token)):
        raise Http404
    if not token:
        return render(request, "community/accounts/no_token.html")
    form = WelcomeForm(request.POST if request.method == "POST" else None)
    admin = submit(form, lambda: _make(form)) if form.is_bound else None
    if admin is not None:
        login(request, admin)
        return see_other("/")
    context = {"form": form, "token": token}
    return render(request, "community/accounts/welcome.html", context, status=status_of(form))


def _make(form: WelcomeForm) -> User:
    fields = form.cleaned_data
    return make_first_admin(fields["name"], email=fields["email"], password=fields["password"])
