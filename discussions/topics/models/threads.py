"""Topics and what is written in them: question, answer, reply and comment are all Post."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id
from community.spaces.models import Space, moderated_by
from community.text.slugs import slugify
from discussions.tags.models import Tag


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    DISCUSSION = "discussion", _("Discussion")
    ARTICLE = "article", _("Know-how")
    ANNOUNCEMENT = "announcement", _("Announcement")
    LINK = "link", _("Link")
    FILE = "file", _("File")
    VIDEO = "video", _("Video")


# What starts with an address or a file.
SHARED_KINDS = (Kind.LINK, Kind.FILE, Kind.VIDEO)
# What the Library holds. Their rows in discussions/resources say the rest.
RESOURCE_KINDS = (Kind.ARTICLE, *SHARED_KINDS)


UNANSWERED = models.Q(kind="question", answer_count=0)
# Where nearly everything is a question, the few others would be searched for long.
LIVING_TALK = ~models.Q(kind="question") & models.Q(deleted_at=None)


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, viewer: User) -> "TopicQuerySet":
        """Reader class space: living topics in spaces that viewer may read."""
        return self.filter(deleted_at=None, space__in=Space.objects.visible_to(viewer))

    def unarchived(self) -> "TopicQuerySet":
        """For lists of what is new: without what stands in archived spaces, which are few."""
        return self.exclude(space__in=Space.objects.filter(archived_at__isnull=False))

    def deleted_for(self, viewer: User) -> "TopicQuerySet":
        """Deleted topics that viewer may look at and restore.

        Those they moderate, and their own where they deleted them themselves.
        """
        by_viewer = Deletion.objects.filter(
            post__topic=models.OuterRef("pk"),
            post__number=1,
            post__author_id=viewer.pk,
            by_id=viewer.pk,
            restored_at=None,
        )
        mine = models.Q(models.Exists(by_viewer)) | models.Q(space__in=moderated_by(viewer))
        return self.filter(
            mine, space__in=Space.objects.visible_to(viewer), deleted_at__isnull=False
        )


class Topic(models.Model):
    """A thread. Counters, excerpt and last poster stand on the row: lists aggregate nothing."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=400)
    tags = models.ManyToManyField(Tag, through="TopicTag", related_name="+")
    # Null with a byline where an import names no person.
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    byline = models.CharField(max_length=120)
    excerpt = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(default=timezone.now)
    last_poster = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    last_byline = models.CharField(max_length=120, blank=True)
    last_number = models.PositiveIntegerField(default=1)
    highest_number = models.PositiveIntegerField(default=0)
    # Up to four person ids, the latest first, for the avatars in lists.
    participant_ids = models.JSONField(default=list)
    answer_count = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    score = models.IntegerField(default=0)
    # Stored and anchored in time: see discussions/topics/ranking.py.
    hot = models.FloatField(default=0)
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    pinned_until = models.DateTimeField(null=True)
    # The last time that it came from another space: see Move.
    moved_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        app_label = "discussions"
        indexes = [
            models.Index(fields=["space", "-active_at", "-id"], name="topic_space_active"),
            models.Index(fields=["space", "-created_at", "-id"], name="topic_space_new"),
            models.Index(fields=["-active_at", "-id"], name="topic_active"),
            models.Index(fields=["-created_at", "-id"], name="topic_new"),
            models.Index(fields=["-hot", "-id"], name="topic_hot"),
            models.Index(fields=["author", "-created_at", "-id"], name="topic_author"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=models.Q(kind="question", answer_count=0, deleted_at=None),
                name="topic_unanswered",
            ),
            models.Index(
                fields=["-active_at", "-id"], condition=LIVING_TALK, name="topic_talk_active"
            ),
            models.Index(
                fields=["-created_at", "-id"], condition=LIVING_TALK, name="topic_talk_new"
            ),
            models.Index(fields=["-hot", "-id"], condition=LIVING_TALK, name="topic_talk_hot"),
            models.Index(
                fields=["space", "pinned_until"],
                condition=models.Q(pinned_until__isnull=False),
                name="topic_pinned",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        return slugify(self.title) or "topic"

    def get_absolute_url(self) -> str:
        return f"/t/{self.public_id}/{self.slug}"

    @property
    def is_pinned(self) -> bool:
        return self.pinned_until is not None and self.pinned_until > timezone.now()


class TopicTag(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="topic_tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    # 1 to 5, in the order that the author gave.
    place = models.PositiveSmallIntegerField(default=1)

    class Meta:
        app_label = "discussions"
        constraints = [models.UniqueConstraint(fields=["tag", "topic"], name="tag_once_per_topic")]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.topic_id}"


def _beneath_deleted() -> models.Q:
    return models.Q(kind=Post.Kind.COMMENT, parent__deleted_at__isnull=False)


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, viewer: User) -> "PostQuerySet":
        """Reader class space: posts in sight, in topics that viewer may read.

        Says again what makes a topic visible: from a list of visible topics a database would
        begin, and go through all of them.
        """
        spaces = Space.objects.visible_to(viewer)
        return self.in_sight().filter(topic__deleted_at=None, topic__space__in=spaces)

    def in_sight(self) -> "PostQuerySet":
        """Living posts; a comment goes out of sight with what it hangs on."""
        return self.filter(deleted_at=None).exclude(_beneath_deleted())

    def shown_to(self, viewer: User, *, moderates: bool) -> "PostQuerySet":
        """The posts of a topic that viewer may read: those in sight, and those they may restore."""
        if moderates:
            return self
        by_viewer = Deletion.objects.filter(
            post=models.OuterRef("pk"), by_id=viewer.pk, restored_at=None
        )
        restorable = models.Q(models.Exists(by_viewer), author_id=viewer.pk)
        return self.filter(models.Q(deleted_at=None) | restorable).exclude(_beneath_deleted())


class Post(models.Model):
    """One text in a topic, numbered from 1; a number is never used again."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening post")
        ANSWER = "answer", _("Answer")
        REPLY = "reply", _("Reply")
        COMMENT = "comment", _("Comment")

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # What a comment hangs on, or what a reply replies to.
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    byline = models.CharField(max_length=120)
    source = models.TextField()
    html = models.TextField()
    render_version = models.PositiveSmallIntegerField(default=0)
    # The number of the current revision; an edit says which one it was based on.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    up = models.PositiveIntegerField(default=0)
    down = models.PositiveIntegerField(default=0)
    # Tallies of a source that doesn't name its voters.
    up_imported = models.PositiveIntegerField(default=0)
    down_imported = models.PositiveIntegerField(default=0)
    # Order by worth: see discussions/topics/ranking.py.
    worth = models.FloatField(default=0)
    accepted_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        app_label = "discussions"
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once_per_topic")
        ]
        indexes = [
            models.Index(fields=["topic", "kind", "-worth", "number"], name="post_by_worth"),
            models.Index(fields=["author", "-created_at", "-id"], name="post_author"),
            models.Index(fields=["parent", "number"], name="post_children"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} in {self.topic_id}"

    @property
    def up_total(self) -> int:
        return self.up + self.up_imported

    @property
    def down_total(self) -> int:
        return self.down + self.down_imported

    @property
    def score(self) -> int:
        return self.up_total - self.down_total

    def get_absolute_url(self) -> str:
        return f"/t/{self.topic.public_id}/p/{self.number}"


class Deletion(models.Model):
    """Who took a post, or with its opening post a topic, out of sight, and who brought it back."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="deletions")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    restored_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    restored_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "discussions"

    def __str__(self) -> str:
        return f"{self.post_id} deleted {self.at}"
