"""What those who look after tags do: names, synonyms, and who uses a tag."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.http.forms import status_of, submit
from community.http.position import page_stream
from community.http.requests import found_or_404, member, see_other
from discussions.pages.forms import TagNameForm
from discussions.tags.access import get_tag, require_tidy
from discussions.tags.models import Tag
from discussions.tags.queries import synonyms_of
from discussions.tags.tidying import add_synonym, remove_synonym, rename_tag, restrict_tag
from frontend.htmx import render_page


@require_safe
@found_or_404
def tag_names(request: HttpRequest, name: str) -> HttpResponse:
    return _page(request, _tag(request, name))


@require_POST
@found_or_404
def tag_rename(request: HttpRequest, name: str) -> HttpResponse:
    tag = _tag(request, name)
    form = _rename_form(tag, request.POST)
    renamed = submit(
        form, lambda: rename_tag(tag, by=member(request), name=form.cleaned_data["name"])
    )
    if renamed is None:
        return _page(request, tag, rename=form)
    messages.success(request, _("The tag is called %(name)s now.") % {"name": renamed.name})
    return see_other(f"{renamed.get_absolute_url()}/names")


@require_POST
@found_or_404
def synonym_add(request: HttpRequest, name: str) -> HttpResponse:
    tag = _tag(request, name)
    form = _synonym_form(request.POST)
    added = submit(
        form, lambda: add_synonym(tag, by=member(request), name=form.cleaned_data["name"])
    )
    if added is None:
        return _page(request, tag, synonym=form)
    return see_other(f"{tag.get_absolute_url()}/names")


@require_POST
@found_or_404
def synonym_remove(request: HttpRequest, name: str) -> HttpResponse:
    """The field synonym says which."""
    tag = _tag(request, name)
    remove_synonym(tag, by=member(request), name=request.POST.get("synonym", ""))
    return see_other(f"{tag.get_absolute_url()}/names")


@require_POST
@found_or_404
def tag_restrict(request: HttpRequest, name: str) -> HttpResponse:
    """The field only is moderators, or empty for everybody."""
    tag = _tag(request, name)
    only = request.POST.get("only") == "moderators"
    restrict_tag(tag, by=member(request), moderators_only=only)
    return see_other(f"{tag.get_absolute_url()}/names")


def _tag(request: HttpRequest, name: str) -> Tag:
    tag = get_tag(name, viewer=member(request))
    require_tidy(member(request))
    return tag


def _rename_form(tag: Tag, sent: object = None) -> TagNameForm:
    return TagNameForm(sent, label=_("Main name"), initial={"name": tag.name}, auto_id="main_%s")


def _synonym_form(sent: object = None) -> TagNameForm:
    return TagNameForm(sent, label=_("One more synonym"), auto_id="synonym_%s")


def _page(
    request: HttpRequest,
    tag: Tag,
    *,
    rename: TagNameForm | None = None,
    synonym: TagNameForm | None = None,
) -> HttpResponse:
    shown = rename or synonym or _synonym_form()
    context = {
        "tag": tag,
        "synonyms": synonyms_of(tag),
        "rename": rename or _rename_form(tag),
        "synonym": synonym or _synonym_form(),
        "page_stream": page_stream(request, "me"),
    }
    return render_page(
        request, "discussions/pages/tag_names.html", context, status=status_of(shown)
    )
