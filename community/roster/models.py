"""A table of people from another system on its way in, and what it would change."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id
from community.jobs.models import BackgroundJob

KEPT = timedelta(days=1)


class Roster(models.Model):
    """Compared by one job with who is here, and carried out by another when somebody says so."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    # Of the comparison, later of carrying it out.
    job = models.ForeignKey(BackgroundJob, null=True, on_delete=models.SET_NULL, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    # Names of units, from the top, that the table makes.
    new_units = models.JSONField(default=list)
    ignored_columns = models.JSONField(default=list)
    # [line, column, what is wrong] of the first bad rows; fault_count counts them all.
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    sends_letters = models.BooleanField(default=True)
    removes_missing = models.BooleanField(default=False)
    # How many changes are carried out; moves in the transaction that does it.
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community"
        indexes = [models.Index(fields=["created_at"], name="roster_age")]

    def __str__(self) -> str:
        return f"roster {self.public_id}"

    def get_absolute_url(self) -> str:
        return f"/admin/roster/{self.public_id}"


class RosterChange(models.Model):
    """What a row of the table, or the lack of one, does to a person."""

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        MISSING = "missing", _("Missing in the table")

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Of the table; null where a person stands in no row.
    line = models.PositiveIntegerField(null=True)
    person = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    # What is done, as plan.Wish stores it: columns and their checked values.
    wish = models.JSONField(default=dict)
    # [column, as it is, as it will be]
    details = models.JSONField(default=list)
    # Why it could not be done after all.
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "community"
        indexes = [models.Index(fields=["roster", "kind", "id"], name="roster_change_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.email}"
