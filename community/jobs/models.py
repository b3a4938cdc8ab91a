"""Long work that somebody asked for, and when recurring work is next due."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.identifiers.public_ids import new_public_id


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Gave up")
    DISCARDED = "discarded", _("Discarded")


class BackgroundJob(models.Model):
    """One call of a job function: its state, its attempts and how far it has come."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    # Dotted name of the job function.
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    label = models.CharField(max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    # Counted when an attempt starts; a worker that lost its lease no longer has the current number.
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    done_rows = models.PositiveBigIntegerField(default=0)
    total_rows = models.PositiveBigIntegerField(null=True)
    message = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    # The django-tasks-db row that makes the worker run this attempt.
    task_result_id = models.UUIDField(null=True, unique=True)
    lease_until = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True, default=timezone.now)
    cancelled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community"
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="background_job_newest"),
            models.Index(fields=["state", "finished_at"], name="background_job_by_state"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_under_way(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)


class ScheduledRun(models.Model):
    """When an entry of the schedule is next due; moving next_at is what claims the occasion."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return self.name
