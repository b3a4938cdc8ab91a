"""What moderators do with a topic as a whole: closing, pinning, and taking it back."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.http.forms import status_of, submit
from community.http.requests import member, see_other
from discussions.pages.addresses import topic_view
from discussions.pages.forms import ClosingForm, PinForm
from discussions.topics.access import require_moderate
from discussions.topics.actions import close_topic, pin_topic, reopen_topic, unpin_topic
from discussions.topics.models import Topic
from frontend.htmx import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@topic_view
def topic_close(request: HttpRequest, topic: Topic) -> HttpResponse:
    by = member(request)
    require_moderate(topic, by)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if submit(form, lambda: close_topic(topic, by=by, reason=form.cleaned_data["reason"])):
        return see_other(topic.get_absolute_url())
    return _render_verb(request, topic, form, _("Close this topic"), _("Close it"))


@require_POST
@topic_view
def topic_reopen(request: HttpRequest, topic: Topic) -> HttpResponse:
    reopen_topic(topic, by=member(request))
    return see_other(topic.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@topic_view
def topic_pin(request: HttpRequest, topic: Topic) -> HttpResponse:
    by = member(request)
    require_moderate(topic, by)
    form = PinForm(request.POST if request.method == "POST" else None)
    if submit(form, lambda: pin_topic(topic, by=by, until=form.end())):
        return see_other(topic.get_absolute_url())
    return _render_verb(request, topic, form, _("Pin this topic"), _("Pin it"))


@require_POST
@topic_view
def topic_unpin(request: HttpRequest, topic: Topic) -> HttpResponse:
    unpin_topic(topic, by=member(request))
    return see_other(topic.get_absolute_url())


def _render_verb(
    request: HttpRequest, topic: Topic, form: forms.Form, title: str, verb: str
) -> HttpResponse:
    """A page that asks for what the verb needs: a reason, a day."""
    context = {"topic": topic, "form": form, "title": title, "verb": verb}
    return render_page(request, "discussions/pages/verb.html", context, status=status_of(form))
