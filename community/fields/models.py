"""What a company asks of its people beside what every profile has, and what they say."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.access import MANAGE_PEOPLE
from community.accounts.models import Job, User
from community.identifiers.public_ids import new_public_id


class FieldKind(models.TextChoices):
    TEXT = "text", _("Text")
    CHOICE = "choice", _("One of a list")
    DATE = "date", _("Day")
    PERSON = "person", _("Colleague")


class SeenBy(models.TextChoices):
    """Beside the person and those who manage people, who see every answer."""

    EVERYBODY = "everybody", _("Everybody, guests too")
    COLLEAGUES = "colleagues", _("Colleagues")
    MANAGER = "manager", _("The person's manager")
    NOBODY = "nobody", _("Nobody else")


class FieldQuerySet(models.QuerySet["Field"]):
    def visible_to(self, viewer: User) -> "FieldQuerySet":
        """Reader class directory: colleagues are asked for all, guests for what they may see.

        That is what everybody sees, and what they said while they were colleagues.
        """
        if not viewer.is_active:
            return self.none()
        if not viewer.is_guest:
            return self
        own = FieldAnswer.objects.filter(person_id=viewer.pk)
        said = models.Q(pk__in=own.values("field_id"))
        return self.filter(said | models.Q(seen_by=SeenBy.EVERYBODY))


class Field(models.Model):
    """A question to everybody; those who manage people define it."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=FieldKind.choices)
    hint = models.CharField(max_length=200, blank=True)
    # What a field of kind choice offers, in order.
    choices = models.JSONField(default=list)
    seen_by = models.CharField(max_length=12, choices=SeenBy.choices)
    position = models.PositiveIntegerField()
    # Neither asked nor shown any more; what was answered is kept.
    archived_at = models.DateTimeField(null=True)
    # Rises with each edit, so that no form overwrites a later one.
    version = models.PositiveIntegerField(default=1)

    objects = FieldQuerySet.as_manager()

    class Meta:
        app_label = "community"
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["name"], name="field_name_once")]

    def __str__(self) -> str:
        return self.name


class AnswerQuerySet(models.QuerySet["FieldAnswer"]):
    def visible_to(self, viewer: User) -> "AnswerQuerySet":
        """Reader class person: one's own, and those of visible people that the field shows."""
        people = User.objects.visible_to(viewer)
        found = self.filter(person__in=people, field__archived_at=None)
        if viewer.has_perm(MANAGE_PEOPLE):
            return found
        shown = models.Q(person_id=viewer.pk) | models.Q(field__seen_by=SeenBy.EVERYBODY)
        if not viewer.is_guest:
            led = Job.objects.current().filter(manager_id=viewer.pk).values("person_id")
            shown |= models.Q(field__seen_by=SeenBy.COLLEAGUES)
            shown |= models.Q(field__seen_by=SeenBy.MANAGER, person_id__in=led)
        return found.filter(shown)


class FieldAnswer(models.Model):
    """What somebody says in a field: one of the three columns, by its kind."""

    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True)
    colleague = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["person", "field"], name="field_answered_once")
        ]

    def __str__(self) -> str:
        return f"answer of {self.person_id} in {self.field_id}"
