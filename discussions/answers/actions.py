"""Answering, and saying which answer solved it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import action, record
from discussions.answers.access import require_accept
from discussions.answers.models import Acceptance
from discussions.events import ANSWER_ACCEPTED, ANSWER_UNACCEPTED
from discussions.topics.access import require_delete, require_write_now
from discussions.topics.actions import add_post, delete_locked
from discussions.topics.locking import lock_post
from discussions.topics.models import Kind, Post, Topic
from discussions.topics.ranking import answer_worth


def post_answer(
    topic: Topic, *, by: User, source: str, key: str = "", at: datetime | None = None
) -> Post:
    """Answer a question; a repeat with the same key returns the first answer.

    Raises PermissionDenied in a closed topic, ValidationError for source and for topics that are
    no questions.
    """
    if topic.kind != Kind.QUESTION:
        raise ValidationError({"": _("Only a question takes answers; reply to this instead.")})
    return add_post(topic, Post.Kind.ANSWER, by=by, source=source, key=key, at=at)


@action
def accept_answer(answer: Post, *, by: User, at: datetime | None = None) -> Acceptance:
    """Mark answer as a solution; where the space allows one only, an earlier one is un-accepted.

    Raises PermissionDenied unless by asked the question or moderates its space, ValidationError
    for a post that is no living answer.
    """
    answer = lock_post(answer)
    require_write_now(answer.topic.space, by)
    require_accept(answer, by=by)
    if answer.kind != Post.Kind.ANSWER or answer.deleted_at is not None:
        raise ValidationError({"": _("Only an answer that is in sight can be accepted.")})
    if not answer.topic.space.allows_several_solutions:
        earlier = answer.topic.posts.filter(accepted_at__isnull=False).exclude(pk=answer.pk)
        for other in earlier:
            other.topic = answer.topic
            _take_back(other, by)
    acceptance, created = Acceptance.objects.get_or_create(
        answer=answer, defaults={"by": by, "at": at or timezone.now()}
    )
    if created:
        _mark(answer, acceptance.at)
        _record(ANSWER_ACCEPTED, answer, by, acceptance.at)
    return acceptance


@action
def unaccept_answer(answer: Post, *, by: User) -> None:
    """Take the mark back. Raises PermissionDenied unless by asked the question or moderates."""
    answer = lock_post(answer)
    require_write_now(answer.topic.space, by)
    require_accept(answer, by=by)
    _take_back(answer, by)


@action
def remove_post(post: Post, *, by: User) -> Post:
    """Take a post out of sight; with its opening post a topic goes. restore_post brings it back.

    An accepted answer is un-accepted first. Raises PermissionDenied.
    """
    post = lock_post(post)
    require_write_now(post.topic.space, by)
    require_delete(post, by)
    _take_back(post, by)
    return delete_locked(post, by=by)


def _take_back(answer: Post, by: User) -> None:
    """Un-accept an answer that is locked; nothing happens to one that isn't accepted."""
    if answer.accepted_at is not None:
        Acceptance.objects.filter(answer=answer).delete()
        _mark(answer, None)
        _record(ANSWER_UNACCEPTED, answer, by, timezone.now())


def _mark(answer: Post, at: datetime | None) -> None:
    answer.accepted_at = at
    answer.worth = answer_worth(answer.up_total, answer.down_total, accepted=at is not None)
    answer.save(update_fields=["accepted_at", "worth"])
    answer.topic.solved_at = answer.topic.posts.aggregate(first=Min("accepted_at"))["first"]
    answer.topic.save(update_fields=["solved_at"])


def _record(name: str, answer: Post, by: User, at: datetime) -> None:
    record(
        name,
        actor=by,
        obj=answer,
        subject=answer.author,
        topic=answer.topic,
        tag_ids=answer.topic.topic_tags.values_list("tag_id", flat=True),
        at=at,
        post=answer.public_id,
    )
