"""Background work, for programs of those who run the site; to others none of it exists."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.administration import actions
from community.administration.access import get_fanout, get_job, get_parked, require_operations
from community.administration.queries import (
    fanouts,
    handler_rows,
    jobs,
    parked_events,
    scheduled_runs,
)
from community.administration.shapes import (
    BackgroundJobShape,
    FanoutShape,
    ParkedShape,
    WorkShape,
    fanout_shape,
    handler_shape,
    job_shape,
    parked_shape,
    scheduled_shape,
)
from community.http.api.fields import PageQuery
from community.http.api.operations import done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.jobs.models import BackgroundJob
from community.outbox.models import Fanout, ParkedEvent

NEWEST = Order(("-id",))
M = TypeVar("M", bound=Model)


class WorkView(ApiView):
    area = "community"

    @operation("Read how far handlers and the schedule are", gives=WorkShape)
    def get(self, request: Request) -> Response:
        """The handler that is furthest behind first."""
        require_operations(self.person)
        work: WorkShape = {
            "handlers": [handler_shape(row) for row in handler_rows()],
            "schedule": [scheduled_shape(run) for run in scheduled_runs()],
        }
        return gave(work)


class ParkedList(ApiView):
    area = "community"

    @operation("List parked events, the latest first", query=PageQuery, gives=PageOf(ParkedShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """What handlers failed on; the others went on."""
        require_operations(self.person)
        return answer_page(request, parked_events(), NEWEST, query, _parked)


class FanoutList(ApiView):
    area = "community"

    @operation("List fan-outs, the latest first", query=PageQuery, gives=PageOf(FanoutShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """Work on many rows that one event asked for."""
        require_operations(self.person)
        return answer_page(request, fanouts(), NEWEST, query, _fanouts)


class JobList(ApiView):
    area = "community"

    @operation("List jobs, the latest first", query=PageQuery, gives=PageOf(BackgroundJobShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """Long work that somebody asked for."""
        require_operations(self.person)
        return answer_page(request, jobs(), NEWEST, query, _jobs)


def _parked(rows: Sequence[ParkedEvent]) -> list[ParkedShape]:
    return [parked_shape(row) for row in rows]


def _fanouts(rows: Sequence[Fanout]) -> list[FanoutShape]:
    return [fanout_shape(row) for row in rows]


def _jobs(rows: Sequence[BackgroundJob]) -> list[BackgroundJobShape]:
    return [job_shape(row) for row in rows]


class ParkedView(ApiView):
    area = "community"

    @operation("Discard a parked event")
    def delete(self, request: Request, public_id: str) -> Response:
        """What its handler does about the event is then never done."""
        return _act(self, get_parked, actions.discard_parked, public_id)


class ParkedAttemptView(ApiView):
    area = "community"

    @operation("Try a parked event again")
    def post(self, request: Request, public_id: str) -> Response:
        """In a moment, by the worker."""
        return _act(self, get_parked, actions.retry_parked, public_id)


class FanoutView(ApiView):
    area = "community"

    @operation("Discard a fan-out")
    def delete(self, request: Request, public_id: str) -> Response:
        """The rows that it has not reached stay as they are."""
        return _act(self, get_fanout, actions.discard_fanout, public_id)


class FanoutAttemptView(ApiView):
    area = "community"

    @operation("Try a fan-out again")
    def post(self, request: Request, public_id: str) -> Response:
        """In a moment, by the worker."""
        return _act(self, get_fanout, actions.retry_fanout, public_id)


class JobView(ApiView):
    area = "community"

    @operation("Read a job", gives=BackgroundJobShape)
    def get(self, request: Request, public_id: str) -> Response:
        """For watching it: done_rows and total_rows say how far it is."""
        return gave(job_shape(get_job(public_id, viewer=self.person)))

    @operation("Discard a job")
    def delete(self, request: Request, public_id: str) -> Response:
        """It is then not tried again. What earlier attempts did stays."""
        return _act(self, get_job, actions.discard_job, public_id)


class JobAttemptView(ApiView):
    area = "community"

    @operation("Try a job again")
    def post(self, request: Request, public_id: str) -> Response:
        """In a moment, by the worker."""
        return _act(self, get_job, actions.retry_job, public_id)


class JobCancellationView(ApiView):
    area = "community"

    @operation("Cancel a job")
    def post(self, request: Request, public_id: str) -> Response:
        """It stops at its next report."""
        return _act(self, get_job, actions.cancel_job, public_id)


def _act(
    view: ApiView, get: Callable[..., M], act: Callable[..., bool], public_id: str
) -> Response:
    """Raises ValidationError where the worker was faster, so that nothing was left to do."""
    if not act(get(public_id, viewer=view.person), by=view.person):
        raise ValidationError(actions.TOO_LATE)
    return done()


urlpatterns = [
    path("work", WorkView.as_view()),
    path("work/parked", ParkedList.as_view()),
    path("work/parked/<str:public_id>", ParkedView.as_view()),
    path("work/parked/<str:public_id>/attempt", ParkedAttemptView.as_view()),
    path("work/fanouts", FanoutList.as_view()),
    path("work/fanouts/<str:public_id>", FanoutView.as_view()),
    path("work/fanouts/<str:public_id>/attempt", FanoutAttemptView.as_view()),
    path("work/jobs", JobList.as_view()),
    path("work/jobs/<str:public_id>", JobView.as_view()),
    path("work/jobs/<str:public_id>/attempt", JobAttemptView.as_view()),
    path("work/jobs/<str:public_id>/cancellation", JobCancellationView.as_view()),
]
