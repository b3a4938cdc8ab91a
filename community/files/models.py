"""Stored files. What may be read of them depends on what they hang on: community/attachments."""

from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.files.media_types import PICTURES
from community.identifiers.public_ids import new_public_id
from community.text.pictures import Picture

WIDTHS = (480, 960, 1920)


class File(models.Model):
    """One file as somebody sent it. A picture is shown only in sizes that were made from it."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=120)
    # A random name in the storage, outside of what any web server serves.
    stored_as = models.CharField(max_length=60, unique=True)
    media_type = models.CharField(max_length=60)
    # In bytes.
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Of a picture as it is looked at, in pixels.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    # The widths that were made of a picture, ascending; none until the worker has made them.
    made_widths = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        indexes = [models.Index(fields=["created_at", "id"], name="file_oldest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURES

    def get_absolute_url(self) -> str:
        return f"/f/{self.public_id}/{quote(self.name, safe='')}"

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths that a picture comes in: never wider than it is."""
        own = self.width or 0
        return (*(width for width in WIDTHS if width < own), min(own, WIDTHS[-1]))[: len(WIDTHS)]

    def stored_size(self, width: int) -> str:
        """Where the storage keeps a picture made this wide."""
        return f"{self.stored_as}.{width}.webp"

    def stored_names(self) -> list[str]:
        return [self.stored_as, *(self.stored_size(width) for width in self.made_widths)]

    @property
    def picture(self) -> Picture | None:
        """What a text needs to show it; None for a file that is no picture."""
        if not self.is_picture or not self.width or not self.height:
            return None
        return Picture(self.get_absolute_url(), self.width, self.height, self.widths)
