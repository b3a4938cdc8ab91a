"""Putting checked questions into a space. Records no events, so that nobody is notified."""

from collections.abc import Sequence

from django.db.models import F
from django.utils import timezone

from community.accounts.models import User
from community.outbox.recording import action
from community.spaces.access import require_moderate_space, require_unarchived
from community.spaces.locking import lock_space
from community.spaces.models import Space
from discussions.answers.models import Acceptance
from discussions.sheets.checking import Draft
from discussions.sheets.models import Sheet
from discussions.tags.actions import find_or_create_tags
from discussions.topics.actions import insert_post
from discussions.topics.models import Kind, Post, Topic
from discussions.topics.ranking import answer_worth
from discussions.topics.tagging import set_tags


@action
def store(sheet_id: int, drafts: Sequence[Draft], *, position: int) -> None:
    """Store drafts and move the sheet on from position; does nothing if it stands elsewhere.

    What was stored and how far the sheet has come are one transaction: a job that was killed
    stores nothing twice. Raises PermissionDenied where its person moderates no more, and where
    the space is archived.
    """
    locked = Sheet.objects.select_for_update(of=("self",)).select_related("space", "person")
    sheet = locked.get(pk=sheet_id)
    space = lock_space(sheet.space, sheet.person)
    require_moderate_space(space, sheet.person)
    require_unarchived(space)
    if sheet.position != position:
        return
    for draft in drafts:
        _store(draft, space, sheet.person)
    Space.objects.filter(pk=sheet.space_id).update(topic_count=F("topic_count") + len(drafts))
    Sheet.objects.filter(pk=sheet_id).update(position=position + len(drafts))


def _store(draft: Draft, space: Space, by: User) -> None:
    at = timezone.now()
    topic = Topic.objects.create(
        space=space,
        kind=Kind.QUESTION,
        title=draft.title,
        author=by,
        byline=by.name,
        created_at=at,
        active_at=at,
    )
    set_tags(topic, find_or_create_tags(draft.tags, by=by))
    insert_post(topic, Post.Kind.OPENING, by, draft.text, at=at, tag_names=draft.tags)
    for text, is_accepted in draft.answers:
        answer = insert_post(topic, Post.Kind.ANSWER, by, text, at=at)
        if is_accepted:
            _accept(topic, answer, by)


def _accept(topic: Topic, answer: Post, by: User) -> None:
    Acceptance.objects.create(answer=answer, by=by, at=answer.created_at)
    answer.accepted_at = topic.solved_at = answer.created_at
    answer.worth = answer_worth(0, 0, accepted=True)
    answer.save(update_fields=["accepted_at", "worth"])
    topic.save(update_fields=["solved_at"])
