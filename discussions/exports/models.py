"""A download that somebody asked for, kept for a day."""

import secrets

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id
from community.jobs.models import BackgroundJob
from community.spaces.models import Space


def new_stored_name() -> str:
    """Below the folder that backups leave out."""
    return f"{FOLDER}/{secrets.token_hex(20)}.zip"


FOLDER = "exports"


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, viewer: User) -> "ExportQuerySet":
        """Reader class person: who asked for it, until it expires."""
        return self.filter(person_id=viewer.pk, expires_at__gt=timezone.now())


class Export(models.Model):
    """Of a space, or of what person wrote themselves where space is null."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="+")
    job = models.ForeignKey(BackgroundJob, null=True, on_delete=models.SET_NULL, related_name="+")
    stored_as = models.CharField(max_length=60, unique=True, default=new_stored_name)
    # In bytes.
    size = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    objects = ExportQuerySet.as_manager()

    class Meta:
        app_label = "discussions"
        indexes = [
            models.Index(fields=["person", "-created_at"], name="export_of_person"),
            models.Index(fields=["expires_at"], name="export_expiry"),
        ]

    def __str__(self) -> str:
        return f"export {self.public_id}"

    @property
    def has_failed(self) -> bool:
        """Whether nobody writes it any more."""
        if self.ready_at is not None:
            return False
        return self.job is None or not self.job.is_under_way

    def get_absolute_url(self) -> str:
        return f"/me/exports/{self.public_id}"
