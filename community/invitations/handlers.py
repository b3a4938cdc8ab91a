"""What happens after somebody came in; runs in the worker."""

from community.invitations.models import Invitation
from community.outbox.models import Event
from community.outbox.recording import action
from community.spaces.bringing_in import may_bring_in
from community.spaces.membership import admit


@action
def join_offered_spaces(event: Event) -> None:
    """Make the newcomer a member where whoever invited them may still bring somebody in."""
    found = Invitation.objects.select_related("by", "link__by", "person")
    invitation = found.filter(pk=event.object_id).exclude(person=None).first()
    if invitation is None or invitation.person is None:
        return
    by = invitation.offer.by
    for space in invitation.offer.spaces.all():
        if may_bring_in(space, by):
            admit(space, invitation.person, actor=by)
