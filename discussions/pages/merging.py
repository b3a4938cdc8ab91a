"""Merging a tag into another one: a look at what that changes, then the merge."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.http.forms import submit
from community.http.position import page_stream
from community.http.requests import found_or_404, member, see_other
from discussions.pages.forms import MergeForm
from discussions.tags.access import get_tag, require_tidy
from discussions.tags.merging import preview_merge
from discussions.tags.models import Tag
from discussions.topics.merging import merge_tag
from frontend.htmx import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@found_or_404
def tag_merge(request: HttpRequest, name: str) -> HttpResponse:
    """GET with ?into= shows what the merge changes, POST with into does it."""
    by = member(request)
    tag = get_tag(name, viewer=by)
    require_tidy(by)
    form = MergeForm(request.POST or request.GET or None)
    if request.method == "POST":
        merged = submit(form, lambda: merge_tag(tag, _other(request, tag, form), by=by))
        if merged is not None:
            said = _("%(name)s is a synonym of %(into)s now.")
            messages.success(request, said % {"name": tag.name, "into": merged.name})
            return see_other(merged.get_absolute_url())
        return _page(request, tag, form, status=422)
    into = submit(form, lambda: _other(request, tag, form)) if form.is_bound else None
    return _page(request, tag, form, into=into)


def _other(request: HttpRequest, tag: Tag, form: MergeForm) -> Tag:
    name = form.cleaned_data["into"]
    try:
        into = get_tag(name, viewer=member(request))
    except Tag.DoesNotExist as error:
        sentence = _("There is no tag with this name: %(name)s.") % {"name": name}
        raise ValidationError({"into": sentence}) from error
    if into.pk == tag.pk:
        raise ValidationError({"into": _("This is the same tag. Choose another one.")})
    return into


def _page(
    request: HttpRequest, tag: Tag, form: MergeForm, *, into: Tag | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "tag": tag,
        "form": form,
        "into": into,
        "preview": into and preview_merge(tag, viewer=member(request)),
        "page_stream": page_stream(request, "me"),
    }
    return render_page(request, "discussions/pages/tag_merge.html", context, status=status)
