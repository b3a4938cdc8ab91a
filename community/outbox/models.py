"""Events and what follows them: streams, handler cursors, parked events, fan-outs."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.identifiers.public_ids import new_public_id


class Stream(models.Model):
    """A space's or a person's line of events; its row is locked while a number is taken."""

    name = models.CharField(max_length=80, unique=True)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return f"{self.name} at {self.number}"


class Event(models.Model):
    """Something that happened, in plain values: handlers read the present state from the tables."""

    # pg_current_xact_id() on PostgreSQL: ids don't commit in order, (xid, id) is safe.
    xid = models.BigIntegerField(null=True)
    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    object_kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    topic_id = models.BigIntegerField(null=True)
    space_id = models.BigIntegerField(null=True)
    tag_ids = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    origin = models.CharField(max_length=40, blank=True)
    occurred_at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "number"], name="event_number_once_per_stream"
            )
        ]
        indexes = [
            models.Index(fields=["xid", "id"], name="event_position"),
            models.Index(fields=["topic_id", "id"], name="event_topic"),
            # How often somebody did something within a day: limits ask that.
            models.Index(fields=["actor", "name", "occurred_at"], name="event_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class Cursor(models.Model):
    """How far one handler has read. Moves in the transaction that holds the handler's effects."""

    handler = models.CharField(max_length=200, unique=True)
    xid = models.BigIntegerField(default=0)
    event_id = models.BigIntegerField(default=0)
    handled = models.PositiveBigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return self.handler


class ParkedEvent(models.Model):
    """An event that a handler failed on; the cursor went on, this waits for its next attempt."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    handler = models.CharField(max_length=200)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    error = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=1)
    # Null: given up, an admin decides.
    next_attempt_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(
                fields=["handler", "event"], name="event_parked_once_per_handler"
            )
        ]
        indexes = [models.Index(fields=["next_attempt_at"], name="parked_due")]

    def __str__(self) -> str:
        return f"{self.handler}, event {self.event_id}"


class Fanout(models.Model):
    """Work on many rows that one event asked for, advanced 500 rows at a time."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    kind = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    position = models.BigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(null=True, default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community"
        indexes = [models.Index(fields=["done_at", "next_attempt_at"], name="fanout_due")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.position}"
