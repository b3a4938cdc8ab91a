"""Checking and rendering what somebody wrote, and remembering what it names.

All of it but the last four functions only reads: it is done before a writer takes its locks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown_it.token import Token

from community.accounts.models import User
from community.accounts.references import handles_in
from community.attachments.actions import attach, keep_attached
from community.attachments.queries import attachable_files, pictures
from community.text.errors import TextRefused
from community.text.links import file_ids_of
from community.text.markdown import RENDER_VERSION, Rendered, render, render_post
from community.text.names import clean_name
from community.text.parser import parse
from community.text.pictures import Pictures
from community.text.references import References, keys_of, resolve
from community.text.urls import NAMED_FILE
from discussions.tags.references import target
from discussions.topics.models import Post, Reference

# The kind of a post in config/attachables.py.
ATTACHED_TO = "post"


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


def checked_text(
    source: str,
    kind: str,
    *,
    by: User,
    space_id: int,
    tags: Sequence[str] = (),
    post: Post | None = None,
) -> Text:
    """Return source as a post of that kind in the space, which gets these tags along with it.

    post is the one that by edits, None for a new one. Raises ValidationError for the field source.
    """
    source = checked_source(source, kind)
    try:
        tokens = parse(source).tokens
        rendered = render(
            source,
            references=_references(tokens, space_id, by, tags),
            pictures=_pictures(file_ids_of(tokens), by, post),
        )
    except TextRefused as error:
        raise ValidationError({"source": str(error)}) from error
    if len(rendered.mentions) > settings.MAX_MENTIONS:
        limit = {"limit": settings.MAX_MENTIONS}
        raise ValidationError({"source": _("A text names at most %(limit)s people.") % limit})
    return Text(source, rendered)


def rendered_again(post: Post, pictures: Pictures) -> Rendered:
    """What the text of post, read with its topic, looks like today. Raises TextRefused."""
    space_id = post.topic.space_id
    if post.author is None or not post.author.is_guest:
        return render_post(post.source, space_id=space_id, pictures=pictures)
    references = _references(parse(post.source).tokens, space_id, post.author)
    return render(post.source, references=references, pictures=pictures)


def _references(
    tokens: list[Token], space_id: int, by: User, tags: Sequence[str] = ()
) -> References:
    """Those of a text; the topic's new tags are known before they are stored.

    Of a guest's only people of the space lead somewhere: guessing names would tell who there is.
    """
    found = resolve(keys_of(tokens), space_id=space_id)
    people = found.get("person", {})
    if by.is_guest and people:
        handles = {one.text.removeprefix("@") for one in people.values()}
        here = {f"@{handle}" for handle in handles_in(space_id, handles)}
        people = {key: one for key, one in people.items() if one.text in here}
    new = {name: target(name) for name in tags}
    return {**found, "person": people, "tag": {**found.get("tag", {}), **new}}


def _pictures(ids: Sequence[str], by: User, post: Post | None) -> Pictures:
    if not ids:
        return {}
    object_id = post.pk if post else None
    return pictures(attachable_files(ids, by=by, kind=ATTACHED_TO, object_id=object_id))


def attach_files(post: Post, rendered: Rendered, *, by: User) -> None:
    """Hang the files that the text names on post; what an earlier revision shows stays there."""
    attach(rendered.file_ids, by=by, kind=ATTACHED_TO, object_id=post.pk)


def keep_files_of_revisions(post: Post) -> None:
    """Take from post the files that no revision shows any more."""
    sources = post.revisions.values_list("source", flat=True)
    ids = {public_id for source in sources for public_id in NAMED_FILE.findall(source)}
    keep_attached(ids, kind=ATTACHED_TO, object_id=post.pk)


def remember_references(post: Post, rendered: Rendered) -> None:
    """Store what the text names, so that a rename or a move can render it again."""
    post.references.all().delete()
    named = [("person", key) for key in rendered.mentions]
    named += [("topic", key) for key in rendered.topic_ids]
    Reference.objects.bulk_create([Reference(post=post, kind=kind, key=key) for kind, key in named])
