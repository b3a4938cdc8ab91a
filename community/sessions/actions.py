"""Ending sessions: the row goes, and with it the sign-in in every process, at its next request."""

from community.accounts.models import User
from community.events import SESSION_ENDED, SESSIONS_ENDED
from community.outbox.recording import action, record
from community.sessions.models import Session


@action
def end_session(session: Session, *, by: User) -> None:
    """Sign a device of by's out. Raises Session.DoesNotExist where it is out already."""
    own = Session.objects.select_for_update().filter(person=by)
    ended = own.get(public_id=session.public_id)
    record(SESSION_ENDED, actor=by, obj=by, subject=by, session=ended.public_id)
    ended.delete()


@action
def end_all_sessions(person: User, *, by: User | None, but: str = "") -> int:
    """Sign person out everywhere, except where the session has the public id but.

    The caller has checked that by may. Open sockets of person follow the event. Returns how many.
    """
    found = Session.objects.select_for_update().filter(person=person).exclude(public_id=but)
    ended = sorted(found.values_list("public_id", flat=True))
    Session.objects.filter(person=person, public_id__in=ended).delete()
    record(SESSIONS_ENDED, actor=by, obj=person, subject=person, sessions=ended)
    return len(ended)


@action
def end_oldest(person: User, *, keep: int) -> None:
    """Let person have no more than keep sessions; those that were used longest ago go."""
    mine = Session.objects.filter(person=person).order_by("-last_used_at", "public_id")
    surplus = list(mine.values_list("public_id", flat=True)[keep:])
    if surplus:
        Session.objects.filter(person=person, public_id__in=surplus).delete()
        record(SESSIONS_ENDED, actor=person, obj=person, subject=person, sessions=surplus)
