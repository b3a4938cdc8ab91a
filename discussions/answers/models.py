"""Which answers solved the question, and what people contributed."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Post


class Acceptance(models.Model):
    """An answer that solved the question, for the asker or for a moderator."""

    answer = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="acceptance")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"

    def __str__(self) -> str:
        return f"{self.answer_id} accepted"


class Contribution(models.Model):
    """What a person gave in one space; profiles sum over the spaces that their viewer may read.

    Derived: the handler count_contributions and `rebuild contributions` write it.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="contributions")
    topics = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    helpful = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["person", "space"], name="contribution_once_per_space")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.space_id}"
