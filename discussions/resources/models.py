"""What is shared to be used: a topic of such a kind, and the row that goes with it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.files.models import File
from community.spaces.models import Space
from discussions.resources.canonical import host_of
from discussions.resources.ranking import rating_rank
from discussions.topics.models import RESOURCE_KINDS, Topic


class Level(models.TextChoices):
    BEGINNER = "beginner", _("For beginners")
    EXPERIENCED = "experienced", _("For the experienced")
    EXPERT = "expert", _("For experts")


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, viewer: User) -> "ResourceQuerySet":
        """Reader class space: those whose topic viewer may read."""
        spaces = Space.objects.visible_to(viewer)
        kinds = models.Q(topic__kind__in=RESOURCE_KINDS)
        return self.filter(kinds, topic__deleted_at=None, topic__space__in=spaces)


class Resource(models.Model):
    """What its topic's readers know of it beside the text. Counts stand on the row."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="resource")
    # The topic's created_at, for the order of lists.
    shared_at = models.DateTimeField(default=timezone.now)
    # What it takes, in minutes.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices, blank=True)
    # A code of languages.py.
    language = models.CharField(max_length=8, blank=True)
    # The number of the current details; an edit says which it was based on.
    version = models.PositiveIntegerField(default=1)
    used_count = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    rating_sum = models.PositiveIntegerField(default=0)
    # For "best rated": see ranking.py.
    rank = models.FloatField(default=rating_rank(0, 0))

    objects = ResourceQuerySet.as_manager()

    class Meta:
        app_label = "discussions"
        indexes = [
            models.Index(fields=["-shared_at", "-id"], name="resource_new"),
            models.Index(fields=["-used_count", "-id"], name="resource_used"),
            models.Index(fields=["-rank", "-id"], name="resource_rank"),
        ]

    def __str__(self) -> str:
        return f"resource {self.topic_id}"

    def get_absolute_url(self) -> str:
        return self.topic.get_absolute_url()

    @property
    def average(self) -> float:
        """Stars, 1 to 5; 0 where nobody rated."""
        return self.rating_sum / self.rating_count if self.rating_count else 0


class Link(models.Model):
    """A page elsewhere, with what it said of itself when it was last asked."""

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, related_name="link")
    url = models.CharField(max_length=2_000)
    # What "already shared" is found by: see canonical.py.
    key = models.CharField(max_length=64)
    # The same of the address that the page gives itself; "" where that isn't known.
    own_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    page_title = models.CharField(max_length=300, blank=True)
    description = models.CharField(max_length=500, blank=True)
    picture = models.ForeignKey(File, null=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    broken_since = models.DateTimeField(null=True)

    class Meta:
        app_label = "discussions"
        indexes = [
            models.Index(fields=["key"], name="link_key"),
            models.Index(fields=["own_key"], name="link_own_key"),
            models.Index(fields=["checked_at", "id"], name="link_checked"),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str:
        return host_of(self.url)


class Version(models.Model):
    """A file as it was shared; the one with the highest number counts, the others are kept."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    # What is new in it.
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.resource_id}"


class Captions(models.Model):
    """What is said in a video, in one language, as WebVTT: see captions.py."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="captions")
    # A code of languages.py.
    language = models.CharField(max_length=8)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["resource", "language"], name="captions_once")
        ]

    def __str__(self) -> str:
        return f"captions of {self.resource_id} in {self.language}"


class Use(models.Model):
    """Somebody used a resource."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="uses")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["person", "resource"], name="use_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} used by {self.person_id}"


class Rating(models.Model):
    """What somebody thinks of a resource: 1 to 5 stars and a sentence."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="ratings")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    stars = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["resource", "person"], name="rating_once_per_person"),
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="rating_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} stars for {self.resource_id}"
