"""Long work, as programs get it."""

from typing import TypedDict

from community.http.api.shapes import Time, written
from community.jobs.models import BackgroundJob


class OwnJobShape(TypedDict):
    id: str
    # waiting, running, done, dead or discarded
    state: str
    done_rows: int
    # Null where it is not known.
    total_rows: int | None
    message: str
    created_at: Time
    finished_at: Time | None


def own_job_shape(job: BackgroundJob) -> OwnJobShape:
    return {
        "id": job.public_id,
        "state": job.state,
        "done_rows": job.done_rows,
        "total_rows": job.total_rows,
        "message": job.message,
        "created_at": written(job.created_at),
        "finished_at": written(job.finished_at) if job.finished_at else None,
    }
