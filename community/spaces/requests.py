"""Asking to be let into a closed space, and what whoever asked is told."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.events import JOIN_DECLINED, JOIN_REQUESTED
from community.outbox.recording import action, record
from community.spaces.access import can_request, require_moderate_space, require_unarchived
from community.spaces.locking import lock_space
from community.spaces.membership import admit
from community.spaces.models import JoinAnswer, JoinRequest, Membership, Space
from community.text.lengths import length_error

MAX_REASON = 300


@action
def request_to_join(space: Space, *, by: User, message: str = "") -> JoinRequest:
    """Ask to be let into a closed space; asking twice changes the message.

    Raises PermissionDenied where nobody can ask, ValidationError for message.
    """
    space = lock_space(space, by)
    if not can_request(space, by):
        raise PermissionDenied(_("This space doesn't take requests."))
    request, created = JoinRequest.objects.update_or_create(
        space=space, person=by, defaults={"message": _checked("message", message)}
    )
    if created:
        JoinAnswer.objects.filter(space=space, person=by).delete()
        record(JOIN_REQUESTED, actor=by, obj=request, subject=by, space=space)
    return request


@action
def approve_request(request: JoinRequest, *, by: User, reason: str = "") -> Membership:
    """Let somebody in who asked; reason is shown to them.

    Raises PermissionDenied unless by moderates the space and in an archived one, ValidationError
    for reason, DoesNotExist where the request is gone.
    """
    space = lock_space(request.space, by)
    asked = space.join_requests.select_related("person").get(pk=request.pk)
    require_moderate_space(space, by)
    require_unarchived(space)
    reason = _checked("reason", reason)
    membership = admit(space, asked.person, actor=by)
    _answer(asked, by, is_accepted=True, reason=reason)
    return membership


@action
def decline_request(request: JoinRequest, *, by: User, reason: str = "") -> None:
    """Say no and, if you like, why; the person themselves may take the request back this way too.

    Raises PermissionDenied, ValidationError for reason, DoesNotExist where the request is gone.
    """
    space = lock_space(request.space, by)
    asked = space.join_requests.select_related("person").get(pk=request.pk)
    reason = _checked("reason", reason)
    if asked.person_id != by.pk:
        require_moderate_space(space, by)
        _answer(asked, by, is_accepted=False, reason=reason)
    record(JOIN_DECLINED, actor=by, obj=asked, subject=asked.person, space=space)
    asked.delete()


def _answer(asked: JoinRequest, by: User, *, is_accepted: bool, reason: str) -> None:
    JoinAnswer.objects.create(
        space=asked.space, person=asked.person, by=by, is_accepted=is_accepted, reason=reason
    )


@action
def dismiss_answer(answer: JoinAnswer, *, by: User) -> None:
    """Have read it. Raises PermissionDenied unless it was given to by."""
    if answer.person_id != by.pk:
        raise PermissionDenied(_("Only the person who asked puts the answer away."))
    JoinAnswer.objects.filter(pk=answer.pk).delete()


def _checked(field: str, text: str) -> str:
    text = " ".join(text.split())
    wrong = length_error(text, MAX_REASON)
    if wrong:
        raise ValidationError({field: wrong})
    return text
