"""Inviting by a table: check first, then send."""

from hashlib import sha256

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from community.accounts.access import require_manage
from community.accounts.models import User
from community.http.faults import FAULTS_KEPT
from community.http.forms import submit
from community.http.rate import limit_rate
from community.http.requests import member, see_other
from community.invitations.actions import invite_all
from community.invitations.bulk import Plan, plan_invitations
from community.invitations.forms import MAX_TABLE_CHARACTERS, BulkForm
from community.invitations.pages import head
from community.text.tables import TableRefused

MAX_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@limit_rate("invitation-tables", per_minute=20)
def invite_table(request: HttpRequest) -> HttpResponse:
    """A table that was not shown with its check yet is checked; a checked one is carried out."""
    by = member(request)
    require_manage(by)
    sent = request.method == "POST"
    form = BulkForm(request.POST if sent else None, request.FILES if sent else None)
    plan = submit(form, lambda: _plan(form, by))
    if plan is None:
        return _page(request, form, None, status=422 if sent else 200)
    text = _text(form)
    if plan.wishes and form.cleaned_data["checked"] == _hash(text):
        try:
            return _carry_out(request, plan, by)
        except ValidationError as error:
            # Somebody else was faster with one of them.
            rest = _("Who was invited before that is named among the faults.")
            messages.error(request, " ".join([*error.messages, rest]))
            plan = plan_invitations(text.encode(), by=by)
    shown = BulkForm(initial={"text": text, "checked": _hash(text)})
    return _page(request, shown, plan, status=200)


def _plan(form: BulkForm, by: User) -> Plan:
    """Raises ValidationError for the file or the text."""
    field = "file" if form.cleaned_data["file"] else "text"
    try:
        data = form.cleaned_data["file"].read() if field == "file" else b""
        if len(data) > MAX_TABLE_CHARACTERS:
            raise TableRefused(_("This file is too large. Split it into several files."))
        if field == "file":
            form.cleaned_data["text"] = data.decode("utf-8-sig", errors="replace")
        data = data or form.cleaned_data["text"].encode()
        if not data.strip():
            raise TableRefused(_("Choose a file, or paste the table."))
        return plan_invitations(data, by=by)
    except TableRefused as error:
        raise ValidationError({field: str(error)}) from error


def _text(form: BulkForm) -> str:
    """Browsers send other line ends than files have."""
    text: str = form.cleaned_data["text"]
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    return sha256(text.strip().encode()).hexdigest()


def _carry_out(request: HttpRequest, plan: Plan, by: User) -> HttpResponse:
    count = invite_all(plan.wishes, by=by)
    said = ngettext("%(n)s person is invited.", "%(n)s people are invited.", count)
    messages.success(request, said % {"n": count})
    return see_other(reverse("invite_list"))


def _page(request: HttpRequest, form: BulkForm, plan: Plan | None, *, status: int) -> HttpResponse:
    context = head(request, "") | {"form": form, "plan": plan}
    if plan is not None:
        # Every fault of a usual table, so that one round mends them all.
        context |= {"bad": plan.bad[:FAULTS_KEPT], "wishes": plan.wishes[:MAX_SHOWN]}
        context |= {"bad_rows": len({fault.line for fault in plan.bad})}
        context["left"] = max(0, len(plan.bad) - FAULTS_KEPT)
    return render(request, "community/invitations/table.html", context, status=status)
