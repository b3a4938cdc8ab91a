"""Which buttons of a shared fragment are the viewer's, for browsers without scripts.

Posts are kept as HTML for all their readers, so each holds everybody's buttons, marked with whom
they are for. `js/dress.js` hides those of others; where no script runs, this stylesheet does.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from community.http.requests import member

SECONDS = 86_400
# A comment of somebody else may stand in a post of mine: the nearest author counts.
STYLE = """\
[data-for]:not(
  [data-moderates] [data-for~="moderator"],
  [data-asker="{me}"] [data-for~="asker"],
  [data-author="{me}"] [data-for~="author"]:not({other} [data-for]),
  [data-for~="others"]:not([data-author="{me}"] [data-for])
) {{ display: none }}
"""
OTHER = '[data-author="{me}"] [data-author]:not([data-author="{me}"])'


@require_safe
def verbs_show(request: HttpRequest) -> HttpResponse:
    """Answer a stylesheet that shows this person's buttons only."""
    me = member(request).public_id
    text = STYLE.format(me=me, other=OTHER.format(me=me))
    kept = {"Cache-Control": f"private, max-age={SECONDS}"}
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers=kept)
