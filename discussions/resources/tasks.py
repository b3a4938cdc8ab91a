"""Asking shared pages what they are, and whether they are still there."""

from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from community.attachments.actions import attach, keep_attached
from community.files.actions import store_file
from community.files.media_types import PICTURES, media_type
from community.files.models import File
from community.http.conflicts import EditConflict
from community.http.outgoing import OutgoingError, OutgoingRefused, fetch
from community.jobs.actions import enqueue
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.outbox.recording import action, record
from discussions.events import LINK_BROKEN, LINK_MENDED, LINK_READ
from discussions.resources.canonical import key_of_page, shown_url
from discussions.resources.models import Link
from discussions.resources.page_head import PageHead, read_head
from discussions.topics.actions import edit_post
from discussions.topics.models import Post

# The kind of a resource in config/attachables.py.
ATTACHED_TO = "resource"
HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
EVERY = timedelta(days=7)
# A site may be away for an hour: what failed is asked again sooner, and is broken after the third.
AGAIN = timedelta(hours=12)
FAILURES = 3
LINKS_A_JOB = 50
# The page is not there for anybody; other errors may be about who asks.
GONE = frozenset({404, 410})


@job(max_attempts=3)
def read_link(context: JobContext, link_id: int) -> None:
    """Note what the page says of itself: title, description, picture, own address.

    A site that doesn't answer leaves the link as it is; check_links() will ask it again.
    """
    link = Link.objects.select_related("resource__topic__author").filter(pk=link_id).first()
    if link is None or link.read_at is not None:
        return
    try:
        answer = fetch(link.url, accept=HTML, whole=False)
    except OutgoingError:
        _note(link, PageHead(), None, "")
        return
    kind = answer.headers.get("content-type", "")
    is_page = answer.status < 400 and "html" in kind
    head = read_head(answer.body, url=answer.url, content_type=kind) if is_page else PageHead()
    own_key = key_of_page(link.url, answer.url, head.address) if is_page else ""
    _note(link, head, _picture(link, head), own_key)
    _take_title(link, head)


def _picture(link: Link, head: PageHead) -> File | None:
    """The page's picture as a file of who shared it; None for whatever can't be shown."""
    author = link.resource.topic.author
    if not head.picture or author is None:
        return None
    with suppress(OutgoingError, ValidationError):
        content = ContentFile(fetch(head.picture, accept="image/*").body)
        if media_type(content) in PICTURES:
            return store_file(content, by=author, name="preview")
    return None


@action
def _note(link: Link, head: PageHead, picture: File | None, own_key: str) -> None:
    """Only while the link leads where it led when it was asked."""
    current = Link.objects.select_for_update().filter(pk=link.pk, url=link.url, read_at=None)
    if not (locked := current.first()):
        return
    locked.page_title, locked.description = head.title, head.description
    locked.picture, locked.own_key, locked.read_at = picture, own_key, timezone.now()
    locked.save(update_fields=["page_title", "description", "picture", "own_key", "read_at"])
    topic = link.resource.topic
    if picture is not None and topic.author is not None:
        kept = [picture.public_id]
        attach(kept, by=topic.author, kind=ATTACHED_TO, object_id=link.resource_id)
        keep_attached(kept, kind=ATTACHED_TO, object_id=link.resource_id)
    record(LINK_READ, actor=None, obj=locked, subject=topic.author, topic=topic)


def _take_title(link: Link, head: PageHead) -> None:
    """Where the author gave none, as an edit in the author's name."""
    topic = link.resource.topic
    if not head.title or topic.author is None or topic.title != shown_url(link.url):
        return
    opening = Post.objects.select_related("topic__space").get(topic=topic, number=1)
    with suppress(EditConflict, PermissionDenied, ValidationError):
        edit_post(
            opening,
            by=topic.author,
            source=opening.source,
            based_on=opening.version,
            title=head.title[:200],
            reason=_("The title of the page"),
        )


def check_due_links() -> None:
    """Let the worker ask the links that nobody asked for a week, up to 50 at a time."""
    due = list(_due().values_list("pk", flat=True)[:LINKS_A_JOB])
    if due:
        enqueue(check_links, due, label=_("Do shared links still lead somewhere?"))


def _due() -> QuerySet[Link]:
    now = timezone.now()
    late = Q(checked_at=None, read_at__lt=now - EVERY) | Q(checked_at__lt=now - EVERY)
    failing = Q(failures__gt=0, broken_since=None, checked_at__lt=now - AGAIN)
    living = Link.objects.filter(resource__topic__deleted_at=None)
    return living.filter(late | failing).order_by("checked_at", "pk")


@job()
def check_links(context: JobContext, link_ids: list[int]) -> None:
    """Ask each page whether it is there; what another attempt asked just now is left out."""
    links = list(_due().filter(pk__in=link_ids))
    for done, link in enumerate(links, start=1):
        _note_check(link, is_there=_is_there(link.url))
        context.progress(done, len(links))


def _is_there(url: str) -> bool:
    """A page that wants a sign-in, or is closed to machines, is there."""
    try:
        return fetch(url, whole=False).status not in GONE
    except OutgoingRefused:
        # Such as a page of the own network, which people reach and this site doesn't ask.
        return True
    except OutgoingError:
        return False


@action
def _note_check(link: Link, *, is_there: bool) -> None:
    current = Link.objects.select_for_update(of=("self",)).select_related("resource__topic__author")
    locked = current.filter(pk=link.pk, url=link.url).first()
    if locked is None:
        return
    was_broken, topic = locked.broken_since is not None, locked.resource.topic
    locked.checked_at = timezone.now()
    locked.failures = 0 if is_there else min(locked.failures + 1, FAILURES)
    if locked.failures < FAILURES:
        locked.broken_since = None
    elif not was_broken:
        locked.broken_since = timezone.now()
    if is_there and not (locked.page_title and locked.own_key):
        # It didn't answer when it was shared, or nobody asked for its own address yet.
        locked.read_at = None
        enqueue(read_link, locked.pk, label=_("What a shared page says of itself"))
    locked.save(update_fields=["checked_at", "failures", "broken_since", "read_at"])
    if was_broken and locked.broken_since is None:
        record(LINK_MENDED, actor=None, obj=locked, subject=topic.author, topic=topic)
    elif locked.broken_since is not None and not was_broken:
        record(LINK_BROKEN, actor=None, obj=locked, subject=topic.author, topic=topic)
