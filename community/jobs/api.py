"""Long work that one asked for, for programs: how far it is, and stopping it."""

from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.operations import done, gave, operation
from community.http.api.views import ApiView
from community.jobs.access import get_own_job
from community.jobs.actions import stop_own_job
from community.jobs.shapes import OwnJobShape, own_job_shape


class OwnJobView(ApiView):
    area = "community"

    @operation("Read how far your long work is", gives=OwnJobShape)
    def get(self, request: Request, public_id: str) -> Response:
        """Its id stands as job in what it works on: an export, a table."""
        return gave(own_job_shape(get_own_job(public_id, viewer=self.person)))


class OwnJobCancellationView(ApiView):
    area = "community"

    @operation("Stop your long work")
    def post(self, request: Request, public_id: str) -> Response:
        """It stops at its next report. What is done so far stays."""
        if not stop_own_job(get_own_job(public_id, viewer=self.person), by=self.person):
            raise ValidationError(_("It has ended already."))
        return done()


urlpatterns = [
    path("me/jobs/<str:public_id>", OwnJobView.as_view()),
    path("me/jobs/<str:public_id>/cancellation", OwnJobCancellationView.as_view()),
]
