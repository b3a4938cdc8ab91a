"""Tags, who follows them, and how often each stands in a space."""

from urllib.parse import quote

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.spaces.models import Space

TAG_NAME = RegexValidator(
    r"^[\w+#.-]{1,35}\Z",
    "A tag is one word of at most 35 letters, digits, hyphens, dots, plus or hash signs.",
)


class TagQuerySet(models.QuerySet["Tag"]):
    def visible_to(self, viewer: User) -> "TagQuerySet":
        """Reader class directory, narrowed: tags that stand or stood in a space that viewer reads.

        The name of a tag that only other spaces use is private, for whoever made it too once
        they have left.
        """
        if not viewer.is_active:
            return self.none()
        counted = TagCount.objects.filter(space__in=Space.objects.visible_to(viewer))
        return self.filter(pk__in=counted.values("tag_id"), merged_into=None)


class Tag(models.Model):
    name = models.CharField(max_length=35, unique=True, validators=[TAG_NAME])
    description_source = models.TextField(blank=True)
    description_html = models.TextField(blank=True)
    # Rises with each edit of the description, so that no form overwrites a later one.
    description_version = models.PositiveIntegerField(default=1, db_default=1)
    # Only those who moderate a space, or look after tags, put it on topics there or take it off.
    moderators_only = models.BooleanField(default=False, db_default=False)
    # Only while a merge carries its topics over; nobody meets the tag meanwhile.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = TagQuerySet.as_manager()

    class Meta:
        app_label = "discussions"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/tags/{quote(self.name)}"


class TagSynonym(models.Model):
    """Another name of a tag, known to whoever knows the tag.

    A tag of that name, made by somebody who doesn't, comes first for all who see it.
    """

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(max_length=35, db_index=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"
        constraints = [models.UniqueConstraint(fields=["tag", "name"], name="tag_synonym_once")]

    def __str__(self) -> str:
        return f"{self.name} of {self.tag_id}"


class TagCount(models.Model):
    """Living topics with a tag, per space: a sum over visible spaces tells nothing of others.

    Derived: the handler count_tags and `rebuild tag-counts` write it.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="counts")
    topics = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["tag", "space"], name="tag_counted_once_per_space")
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} in {self.space_id}: {self.topics}"


class TagPreference(models.Model):
    """What a person wants of a tag: to follow or to mute it."""

    class Level(models.TextChoices):
        FOLLOW = "follow", _("Follow")
        MUTE = "mute", _("Mute")

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tag_preferences")
    level = models.CharField(max_length=10, choices=Level.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["person", "tag"], name="tag_preference_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.level} {self.tag_id}"
