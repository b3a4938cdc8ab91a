"""Who left, when, and who came back."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User


class Departure(models.Model):
    """A time without an account; User.is_active says the same for now. Ended by a return."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="departures")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(returned_at=None),
                name="departure_once_until_return",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} left on {self.at:%Y-%m-%d}"
