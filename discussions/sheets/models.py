"""A CSV file of questions and answers on its way into a space."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id
from community.jobs.models import BackgroundJob
from community.spaces.models import Space

KEPT = timedelta(days=1)


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, viewer: User) -> "SheetQuerySet":
        """Reader class person: who sent it."""
        return self.filter(person_id=viewer.pk)


class Sheet(models.Model):
    """Checked by one job, and put into the space by another when its person says so."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    # Of the check, later of the import.
    job = models.ForeignKey(BackgroundJob, null=True, on_delete=models.SET_NULL, related_name="+")
    rows = models.PositiveIntegerField(default=0, db_default=0)
    # Of what can be imported: all but the rows on the lines left_out.
    questions = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    # [line, column, what is wrong] of the first bad rows; fault_count counts them all.
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    # Empty also where the file can't be read to its end.
    left_out = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    # How many questions are in the space; moves in the transaction that puts them there.
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    imported_at = models.DateTimeField(null=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        app_label = "discussions"
        indexes = [models.Index(fields=["created_at"], name="sheet_age")]

    def __str__(self) -> str:
        return f"sheet {self.public_id}"

    def get_absolute_url(self) -> str:
        return f"{self.space.url}/sheets/{self.public_id}"
