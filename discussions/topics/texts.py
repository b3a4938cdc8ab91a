"""Checking and rendering what somebody wrote, and remembering what it names.

All of it but remember_references() only reads: it is done before a writer takes its locks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.text.errors import TextRefused
from community.text.markdown import RENDER_VERSION, Rendered, render
from community.text.names import clean_name
from community.text.parser import parse
from community.text.references import References, keys_of, resolve
from discussions.tags.references import target
from discussions.topics.models import Post, Reference


@dataclass(frozen=True)
class Text:
    """What somebody wrote, checked and rendered."""

    source: str
    rendered: Rendered

    def put_into(self, post: Post) -> None:
        post.source, post.html = self.source, self.rendered.html
        post.render_version = RENDER_VERSION


def checked_title(title: str) -> str:
    """Return title as clean_name() leaves it. Raises ValidationError for the field title."""
    title = clean_name(title)
    if not title:
        raise ValidationError({"title": _("Give the topic a title.")})
    if len(title) > settings.MAX_TITLE_LENGTH:
        raise ValidationError({"title": _too_long(_("A title"), settings.MAX_TITLE_LENGTH, title)})
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


def checked_text(source: str, kind: str, *, space_id: int, tags: Sequence[str] = ()) -> Text:
    """Return source as a post of that kind in the space, which gets these tags along with it.

    Raises ValidationError for the field source.
    """
    source = checked_source(source, kind)
    try:
        rendered = render(source, references=_references(source, space_id, tags))
    except TextRefused as error:
        raise ValidationError({"source": str(error)}) from error
    if len(rendered.mentions) > settings.MAX_MENTIONS:
        limit = {"limit": settings.MAX_MENTIONS}
        raise ValidationError({"source": _("A text names at most %(limit)s people.") % limit})
    return Text(source, rendered)


def _references(source: str, space_id: int, tags: Sequence[str]) -> References:
    """Those of source; the topic's new tags are known before they are stored."""
    found = resolve(keys_of(parse(source).tokens), space_id=space_id)
    return {**found, "tag": {**found.get("tag", {}), **{name: target(name) for name in tags}}}


def remember_references(post: Post, rendered: Rendered) -> None:
    """Store what the text names, so that a rename or a move can render it again."""
    post.references.all().delete()
    named = [("person", key) for key in rendered.mentions]
    named += [("topic", key) for key in rendered.topic_ids]
    Reference.objects.bulk_create([Reference(post=post, kind=kind, key=key) for kind, key in named])
