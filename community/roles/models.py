"""Named capabilities and who holds them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.models import OrgUnit, User


class Capability(models.TextChoices):
    PEOPLE = "community.people", _("Manage people and org units")
    SPACES = "community.spaces", _("Manage spaces, without reading those of others")
    TAGS = "community.tags", _("Create, describe and tidy tags")
    OPERATIONS = "community.operations", _("See and mend background work")
    ROLES = "community.roles", _("Grant capabilities")


# Held by people alone, never through a unit: both lead to every other capability.
PERSONAL = frozenset({Capability.PEOPLE, Capability.ROLES})


class Grant(models.Model):
    """A capability for a person or for everybody in an org unit, over the site or over one unit."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="grants",
    )
    org_unit = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="grants"
    )
    capability = models.CharField(max_length=60, choices=Capability.choices)
    # Null: the whole site.
    scope = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(org_unit=None),
                name="grant_to_a_person_or_a_unit",
            ),
            models.UniqueConstraint(
                Coalesce("person_id", 0),
                Coalesce("org_unit_id", 0),
                "capability",
                Coalesce("scope_id", 0),
                name="grant_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capability} for {self.person or self.org_unit}"
