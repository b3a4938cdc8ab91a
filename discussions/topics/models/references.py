"""What posts and topics name, and where imported things come from."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.topics.models.threads import Post, Topic


class TopicLink(models.Model):
    class Kind(models.TextChoices):
        RELATED = "related", _("Related")
        DUPLICATE = "duplicate", _("Duplicate of")

    source = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="topic_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class Reference(models.Model):
    """A handle or topic id that a post names; its HTML is rendered again when that changes."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=50)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "post"], name="reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} names {self.kind} {self.key}"


class Origin(models.Model):
    """Where an imported thing comes from: second runs, redirects and attribution stand on it.

    kind says what object_id is of: a Post for question (its opening post), answer and comment,
    else a person, a tag or a space.
    """

    system = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    external_id = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    url = models.CharField(max_length=300, blank=True)
    author_url = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(
                fields=["system", "kind", "external_id"], name="origin_once_per_system"
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="origin_of_object")]

    def __str__(self) -> str:
        return f"{self.system} {self.kind} {self.external_id}"
