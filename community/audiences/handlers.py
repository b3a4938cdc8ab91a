"""What new people join by themselves; runs in the worker."""

from community.accounts.models import Job
from community.audiences.queries import default_spaces_of
from community.outbox.models import Event
from community.outbox.recording import action
from community.spaces.bringing_in import may_bring_in
from community.spaces.membership import admit


@action
def join_default_spaces(event: Event) -> None:
    """For new colleagues only: a later change of jobs brings nobody in, or out."""
    if event.subject is None or not event.subject.is_active or event.subject.is_guest:
        return
    jobs = Job.objects.filter(person=event.subject).select_related("org_unit")
    for default in default_spaces_of(job.org_unit for job in jobs):
        if may_bring_in(default.space, default.by):
            admit(default.space, event.subject, actor=default.by)
