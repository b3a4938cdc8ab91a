"""Making a token, seeing it once, revoking it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.accounts.models import User
from community.http.forms import status_of, submit
from community.http.position import page_stream
from community.http.requests import found_or_404, member, see_other
from community.tokens.access import get_token
from community.tokens.actions import NewToken, make_token, revoke_token
from community.tokens.forms import TokenForm


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def token_new(request: HttpRequest) -> HttpResponse:
    """The form; and once, in answer to it, the token.

    The only view that renders what it wrote: a secret must not stand in an address, a cookie or
    the session, where a page behind a redirect would have to look for it.
    """
    form = TokenForm(request.POST if request.method == "POST" else None)
    made = submit(form, lambda: _make(form, member(request)))
    context = {"form": form, "made": made, "page_stream": page_stream(request, "me")}
    status = 200 if made else status_of(form)
    return render(request, "community/tokens/new.html", context, status=status)


def _make(form: TokenForm, by: User) -> NewToken:
    data = form.cleaned_data
    return make_token(
        by=by, name=data["name"], scopes=form.scopes(), days=data["days"], key=data["key"]
    )


@require_POST
@found_or_404
def token_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    token = get_token(public_id, viewer=member(request))
    revoke_token(token, by=member(request))
    messages.success(request, _("The token %(name)s is revoked.") % {"name": token.name})
    return see_other("/me/account")
