"""What files hang on; whoever may read that may read the file."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

from community.files.models import File

if TYPE_CHECKING:
    from community.accounts.models import User

# Kind of thing to its rule: viewer -> the rows that viewer may read, each with an address.
Attachables = Mapping[str, Callable[["User"], "models.QuerySet[Any]"]]


def attachables() -> Attachables:
    """The table named in settings.ATTACHABLES."""
    table: Attachables = import_string(settings.ATTACHABLES)
    return table


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, viewer: "User") -> "AttachmentQuerySet":
        """Those on things that viewer may read now."""
        readable = models.Q(pk__in=[])
        for kind, rule in attachables().items():
            readable |= models.Q(kind=kind, object_id__in=rule(viewer).values("pk"))
        return self.filter(readable)


class Attachment(models.Model):
    """A file hangs on a thing: kind is a name of the table, object_id the thing's key."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "file"], name="attachment_once_per_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} on {self.kind} {self.object_id}"
