"""Named lists of people and org units, and the spaces that new people of a unit join."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from community.accounts.models import OrgUnit, User
from community.identifiers.public_ids import new_public_id
from community.spaces.models import Space


class Audience(models.Model):
    """People by name, and everybody who works in some units or below them: who that is changes."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    people = models.ManyToManyField(User, related_name="+")
    units = models.ManyToManyField(OrgUnit, related_name="+")
    # Rises with each edit, so that no form overwrites a later one.
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        constraints = [models.UniqueConstraint(Lower("name"), name="audience_name_once")]
        indexes = [models.Index(fields=["name", "id"], name="audience_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/admin/audiences/{self.public_id}"


class DefaultSpace(models.Model):
    """A space that new people of a unit, or of one below it, join by themselves."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    unit = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["unit", "space"], name="default_space_once_per_unit")
        ]

    def __str__(self) -> str:
        return f"{self.space} for {self.unit}"
