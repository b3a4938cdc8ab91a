"""What people say of how to work with them."""

from datetime import datetime

from django.db import models

from community.accounts.models import User
from community.accounts.times import zone_named


class ProfileDetails(models.Model):
    """Reader class directory, as the profile it stands on. Who said nothing has no row."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="details")
    pronouns = models.CharField(max_length=40, blank=True)
    # As people write them: "English, some French".
    languages = models.CharField(max_length=120, blank=True)
    # From Monday: ["09:00", "17:30"] in the person's zone, or null for a day off; [] if unsaid.
    hours = models.JSONField(default=list)
    # The last day of an absence.
    away_until = models.DateField(null=True)
    stand_in = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    # [text, https address]
    links = models.JSONField(default=list)
    # Rises with each edit, so that no form overwrites a later one.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return f"details of {self.person}"

    def is_away(self, now: datetime) -> bool:
        """By the day of the person's own zone."""
        return self.away_until is not None and self.away_until >= self._local(now).date()

    def is_working(self, now: datetime) -> bool | None:
        """None where somebody told no hours."""
        if not self.hours:
            return None
        local = self._local(now)
        today = self.hours[local.weekday()]
        return bool(today) and today[0] <= f"{local:%H:%M}" < today[1]

    def _local(self, now: datetime) -> datetime:
        return now.astimezone(zone_named(self.person.time_zone))
