"""How a text will look, rendered by the same code that renders it when it is posted."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.http.rate import limit_rate
from community.text.errors import TextRefused
from community.text.markdown import render_post


@require_POST
@limit_rate("previews", per_minute=60)
def preview_create(request: HttpRequest) -> HttpResponse:
    """Answer the field text as HTML; 422 with a sentence for a text that can't be posted."""
    try:
        return HttpResponse(_render(request.POST.get("text", "")))
    except TextRefused as error:
        return HttpResponse(format_html("<p>{}</p>", str(error)), status=422)


def rendered_preview(source: str) -> str:
    """Return the HTML of source, or the sentence that says why it can't be posted."""
    try:
        return _render(source) or format_html("<p>{}</p>", _("There is nothing to show yet."))
    except TextRefused as error:
        return format_html("<p>{}</p>", str(error))


def _render(source: str) -> str:
    """References show what stands in open spaces only: who reads the preview isn't settled yet."""
    limit = settings.MAX_POST_LENGTH
    if len(source) > limit:
        numbers = {"limit": f"{limit:,}", "length": f"{len(source):,}"}
        raise TextRefused(
            _("The text has at most %(limit)s characters; this has %(length)s.") % numbers
        )
    return mark_safe(render_post(source, space_id=None).html)  # noqa: S308 - sanitised there
