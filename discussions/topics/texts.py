"""Checking and rendering what somebody wrote, and remembering what it names."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.text.errors import TextRefused
from community.text.markdown import RENDER_VERSION, Rendered, render_post
from discussions.topics.models import Post, Reference


def checked_title(title: str) -> str:
    """Return title without surplus white space. Raises ValidationError for the field title."""
    title = " ".join(title.split())
    if not title:
        raise ValidationError({"title": _("Give the topic a title.")})
    if len(title) > settings.MAX_TITLE_LENGTH:
        raise ValidationError({"title": _too_long(_("A title"), settings.MAX_TITLE_LENGTH, title)})
    if "\0" in title:
        raise ValidationError({"title": _("The title holds a character that can't be stored.")})
    return title


def checked_source(source: str, kind: str) -> str:
    """Return source with plain line ends. Raises ValidationError for the field source."""
    source = source.replace("\r\n", "\n").strip()
    limit = settings.MAX_COMMENT_LENGTH if kind == Post.Kind.COMMENT else settings.MAX_POST_LENGTH
    if not source:
        raise ValidationError({"source": _("Write something first.")})
    if len(source) > limit:
        raise ValidationError({"source": _too_long(_("The text"), limit, source)})
    if "\0" in source:
        raise ValidationError({"source": _("The text holds a character that can't be stored.")})
    return source


def checked_reason(reason: str) -> str:
    """Return reason without surplus white space. Raises ValidationError for the field reason."""
    reason = " ".join(reason.split())
    if len(reason) > 200:
        raise ValidationError({"reason": _too_long(_("A reason"), 200, reason)})
    return reason


def _too_long(what: str, limit: int, text: str) -> str:
    return _("%(what)s has at most %(limit)s characters; this has %(length)s.") % {
        "what": what,
        "limit": f"{limit:,}",
        "length": f"{len(text):,}",
    }


def render_into(post: Post, *, space_id: int) -> Rendered:
    """Set post's html from its source. Raises ValidationError for the field source."""
    try:
        rendered = render_post(post.source, space_id=space_id)
    except TextRefused as error:
        raise ValidationError({"source": str(error)}) from error
    if len(rendered.mentions) > settings.MAX_MENTIONS:
        limit = {"limit": settings.MAX_MENTIONS}
        raise ValidationError({"source": _("A text names at most %(limit)s people.") % limit})
    post.html, post.render_version = rendered.html, RENDER_VERSION
    return rendered


def remember_references(post: Post, rendered: Rendered) -> None:
    """Store what the text names, so that a rename or a move can render it again."""
    post.references.all().delete()
    named = [("person", key) for key in rendered.mentions]
    named += [("topic", key) for key in rendered.topic_ids]
    Reference.objects.bulk_create([Reference(post=post, kind=kind, key=key) for kind, key in named])
