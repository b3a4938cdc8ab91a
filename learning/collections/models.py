"""Resources that somebody chose, put in order, and said why."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id
from community.spaces.models import Space, moderated_by
from discussions.topics.models import RESOURCE_KINDS, Topic


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, viewer: User) -> "CollectionQuerySet":
        """Reader class space: living ones of spaces that viewer reads, and of no space.

        Guests read those of their spaces only.
        """
        return self.filter(_readable("", viewer), deleted_at=None)

    def shown_to(self, viewer: User) -> "CollectionQuerySet":
        """Those visible to viewer, and the deleted ones that viewer may restore."""
        mine = models.Q(owner=viewer) | models.Q(space__in=moderated_by(viewer))
        return self.filter(_readable("", viewer), models.Q(deleted_at=None) | mine)


def _readable(prefix: str, viewer: User) -> models.Q:
    if not viewer.is_active:
        return models.Q(pk__in=[])
    spaces = models.Q(**{f"{prefix}space__in": Space.objects.visible_to(viewer)})
    return spaces if viewer.is_guest else spaces | models.Q(**{f"{prefix}space": None})


class Collection(models.Model):
    """Read by the readers of its space, by every colleague where it has none, never by guests.

    It says nothing of how many resources it holds: who reads fewer of them counts fewer.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    title = models.CharField(max_length=400)
    description_source = models.TextField(blank=True)
    description_html = models.TextField(blank=True)
    # Null after its owner left and nobody took it over.
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="+")
    # Rises with each edit of title and description, so that no form overwrites a later one.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    # What queries.with_counts() says of its viewer.
    item_count: int
    follower_count: int
    is_followed: bool
    new_count: int

    objects = CollectionQuerySet.as_manager()

    class Meta:
        app_label = "learning"
        indexes = [models.Index(fields=["-created_at", "-id"], name="collection_new")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/library/collections/{self.public_id}"


class CollectionCurator(models.Model):
    """Somebody who chooses along with the owner."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="curators")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "learning"
        constraints = [
            models.UniqueConstraint(fields=["collection", "person"], name="curator_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} curates {self.collection_id}"


class CollectionItemQuerySet(models.QuerySet["CollectionItem"]):
    def visible_to(self, viewer: User) -> "CollectionItemQuerySet":
        """Those whose collection and whose resource viewer reads; never what was removed."""
        return self.shown_to(viewer).filter(removed_at=None, collection__deleted_at=None)

    def shown_to(self, viewer: User) -> "CollectionItemQuerySet":
        """Also what was removed, as far as viewer reads it."""
        return self.filter(
            _readable("collection__", viewer),
            topic__kind__in=RESOURCE_KINDS,
            topic__deleted_at=None,
            topic__space__in=Space.objects.visible_to(viewer),
        )


class CollectionItem(models.Model):
    """A resource in a collection. Places are in order and may have holes."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    place = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    # What queries.items_of() says of its viewer.
    is_new: bool

    objects = CollectionItemQuerySet.as_manager()

    class Meta:
        app_label = "learning"
        constraints = [
            models.UniqueConstraint(fields=["collection", "topic"], name="item_once_in_collection")
        ]
        indexes = [models.Index(fields=["collection", "place", "id"], name="item_in_order")]

    def __str__(self) -> str:
        return f"{self.topic_id} in {self.collection_id}"

    @property
    def url(self) -> str:
        return f"/collection-items/{self.public_id}"


class CollectionFollow(models.Model):
    """Reader class person: what came in after seen_at is new to them."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "learning"
        constraints = [
            models.UniqueConstraint(fields=["collection", "person"], name="follow_collection_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.collection_id}"
