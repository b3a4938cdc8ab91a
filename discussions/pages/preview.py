"""How a text will look, rendered by the same code that renders it when it is posted."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.accounts.models import User
from community.attachments.queries import readable_pictures
from community.http.rate import limit_rate
from community.http.requests import member
from community.text.errors import TextRefused
from community.text.markdown import render_post
from community.text.rendering import REFERENCE_CLASSES
from community.text.urls import NAMED_FILE


@require_POST
def preview_create(request: HttpRequest) -> HttpResponse:
    """Answer the field text as HTML; 422 with a sentence for a text that can't be posted."""
    return _preview(request, request.POST.get("text", ""))


def rendered_preview(request: HttpRequest, source: str) -> str:
    """Return the HTML of source, or the sentence that says why there is none.

    For browsers without scripts; a page keeps what was typed where there are too many previews.
    """
    answer = _preview(request, source)
    if answer.status_code == 429:
        return _paragraph(_("You looked at many previews. Wait a minute, then try again."))
    html = mark_safe(answer.content.decode())  # noqa: S308 - sanitised there
    return html or _paragraph(_("There is nothing to show yet."))


@limit_rate("previews", per_minute=60)
def _preview(request: HttpRequest, source: str) -> HttpResponse:
    try:
        return HttpResponse(render_preview(source, member(request)))
    except TextRefused as error:
        return HttpResponse(_paragraph(str(error)), status=422)


def _paragraph(text: str) -> str:
    return format_html("<p>{}</p>", text)


def render_preview(source: str, viewer: User) -> str:
    """References show what stands in open spaces only: who reads the preview isn't settled yet.

    For a guest they stay as typed, or guessing would tell what there is in the company.
    """
    limit = settings.MAX_POST_LENGTH
    if len(source) > limit:
        numbers = {"limit": f"{limit:,}", "length": f"{len(source):,}"}
        raise TextRefused(
            _("The text has at most %(limit)s characters; this has %(length)s.") % numbers
        )
    pictures = readable_pictures(set(NAMED_FILE.findall(source)), viewer=viewer)
    kinds = () if viewer.is_guest else REFERENCE_CLASSES
    rendered = render_post(source, space_id=None, pictures=pictures, kinds=kinds)
    return mark_safe(rendered.html)  # noqa: S308 - sanitised there
