"""Who follows whom."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User


class Follow(models.Model):
    """Reader class person: others learn numbers, never names."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    followed = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["person", "followed"], name="follow_once"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("followed")), name="follow_others"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.followed_id}"
