"""Voting, and taking a vote back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.models import Event
from community.outbox.recording import action, record
from discussions.events import VOTE_CAST, VOTE_WITHDRAWN
from discussions.reactions.models import Vote
from discussions.topics.access import require_write_now
from discussions.topics.counters import heat
from discussions.topics.locking import lock_post
from discussions.topics.models import Kind, Post
from discussions.topics.ranking import answer_worth


@action
def cast_vote(post: Post, *, by: User, value: int, at: datetime | None = None) -> Vote:
    """Say that a post is useful (value 1) or not (-1); a second vote replaces the first.

    Raises PermissionDenied for one's own post and where by reads nothing, ValidationError for a
    post that takes no such vote and above the daily cap.
    """
    post = lock_post(post)
    require_write_now(post.topic.space, by)
    _require_vote(post, by, value)
    vote = Vote.objects.filter(post=post, person=by).first()
    if vote is not None and vote.value == value:
        return vote
    _require_allowance(by)
    vote = vote or Vote(post=post, person=by)
    vote.value, vote.at = value, at or timezone.now()
    vote.save()
    _tally(post)
    record(
        VOTE_CAST,
        actor=by,
        obj=post,
        subject=post.author,
        topic=post.topic,
        at=vote.at,
        post=post.public_id,
        value=value,
    )
    return vote


@action
def withdraw_vote(post: Post, *, by: User) -> None:
    """Take one's vote back; nothing happens where there is none."""
    post = lock_post(post)
    require_write_now(post.topic.space, by)
    deleted, _rows = Vote.objects.filter(post=post, person=by).delete()
    if deleted:
        _tally(post)
        record(
            VOTE_WITHDRAWN,
            actor=by,
            obj=post,
            subject=post.author,
            topic=post.topic,
            post=post.public_id,
        )


def takes_down_votes(post: Post) -> bool:
    """Questions and answers, where the space allows it; the rest can only be helpful."""
    is_judged = post.kind in {Post.Kind.OPENING, Post.Kind.ANSWER}
    return is_judged and post.topic.kind == Kind.QUESTION and post.topic.space.allows_down_votes


def _require_vote(post: Post, by: User, value: int) -> None:
    if post.author_id == by.pk:
        raise PermissionDenied(_("Others say whether what you wrote is useful."))
    if post.deleted_at is not None or post.topic.deleted_at is not None:
        raise ValidationError({"": _("This was deleted; it takes no votes.")})
    if value not in (1, -1):
        raise ValidationError({"value": _("A vote is 1 or -1.")})
    if value == -1 and not takes_down_votes(post):
        raise ValidationError({"": _("Here people only say what is useful.")})


def _require_allowance(by: User) -> None:
    since, limit = timezone.now() - timedelta(days=1), settings.MAX_VOTES_PER_DAY
    # Not the rows of Vote: casting and withdrawing again and again leaves one of them or none.
    cast = Event.objects.filter(actor=by, name=VOTE_CAST, occurred_at__gt=since)
    if cast.count() >= limit:
        raise ValidationError(
            {
                "": _("You have voted %(limit)s times in a day, the most there can be.")
                % {"limit": limit}
            }
        )


def _tally(post: Post) -> None:
    """Count the votes again: right after a lost race too, and never more than one topic row."""
    values = list(post.votes.values_list("value", flat=True))
    post.up, post.down = values.count(1), values.count(-1)
    post.worth = answer_worth(post.up_total, post.down_total, accepted=post.accepted_at is not None)
    post.save(update_fields=["up", "down", "worth"])
    if post.kind == Post.Kind.OPENING:
        post.topic.score = post.score
        heat(post.topic)
        post.topic.save(update_fields=["score", "hot"])
