"""Places: who may read what is in them, and who belongs."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id


class Visibility(models.TextChoices):
    OPEN = "open", _("Open: everybody in the company reads and writes")
    CLOSED = "closed", _("Closed: everybody sees that it exists, members read")
    SECRET = "secret", _("Secret: only members know of it")


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    MODERATOR = "moderator", _("Moderator")
    OWNER = "owner", _("Owner")


# Who look after a space: they tidy up, let people in and announce.
MODERATING = (Role.MODERATOR, Role.OWNER)


class Joining(models.TextChoices):
    AT_ONCE = "at_once", _("Everybody joins at once")
    REQUEST = "request", _("People ask, an owner or moderator answers")
    INVITATION = "invitation", _("Only by invitation")


class SpaceQuerySet(models.QuerySet["Space"]):
    def visible_to(self, viewer: User) -> "SpaceQuerySet":
        """Reader class space: open ones and viewer's own; a guest's own alone.

        What they hold is readable.
        """
        if not viewer.is_active:
            return self.none()
        mine = models.Q(pk__in=_spaces_of(viewer))
        if viewer.is_guest:
            return self.filter(mine)
        return self.filter(models.Q(visibility=Visibility.OPEN) | mine)

    def unarchived(self) -> "SpaceQuerySet":
        """Those that are in use: what is archived can be read, and is nothing new to anybody."""
        return self.filter(archived_at=None)

    def listed_for(self, viewer: User) -> "SpaceQuerySet":
        """Those whose name, icon, description and owners viewer may see: closed ones as well.

        Somebody who is invited may know of a secret space, a guest of any; what it holds stays
        hidden.
        """
        if not viewer.is_active:
            return self.none()
        invited = SpaceInvitation.objects.filter(person_id=viewer.pk).values("space_id")
        known = models.Q(pk__in=_spaces_of(viewer)) | models.Q(pk__in=invited)
        if viewer.is_guest:
            return self.filter(known)
        return self.filter(~models.Q(visibility=Visibility.SECRET) | known)


def moderated_by(person: User) -> models.QuerySet["Membership", int]:
    """The ids of the spaces that person looks after."""
    held = Membership.objects.filter(person_id=person.pk, role__in=MODERATING)
    return held.values_list("space_id", flat=True)


def _spaces_of(viewer: User) -> models.QuerySet["Membership", Any]:
    return Membership.objects.filter(person_id=viewer.pk).values("space_id")


class Space(models.Model):
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=500, blank=True)
    rules_source = models.TextField(blank=True)
    rules_html = models.TextField(blank=True)
    hue = models.PositiveSmallIntegerField(default=1)
    icon = models.CharField(max_length=40, default="messages-square")
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.OPEN
    )
    joining = models.CharField(max_length=12, choices=Joining.choices, default=Joining.AT_ONCE)
    allows_down_votes = models.BooleanField(default=True)
    allows_several_solutions = models.BooleanField(default=False)
    # Rises with each edit of the settings, so that no form overwrites a later one.
    settings_version = models.PositiveIntegerField(default=1, db_default=1)
    member_count = models.PositiveIntegerField(default=0)
    topic_count = models.PositiveIntegerField(default=0)
    # Null while it is in use; who archived it, and when it was taken out again: see Archival.
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SpaceQuerySet.as_manager()

    class Meta:
        app_label = "community"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hue__gte=1) & models.Q(hue__lte=12), name="space_hue_1_to_12"
            )
        ]
        indexes = [models.Index(fields=["name", "id"], name="space_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/s/{self.slug}"

    @property
    def url(self) -> str:
        """For templates, which show people, spaces and plain rows alike."""
        return self.get_absolute_url()


class SpaceRedirect(models.Model):
    """A slug that a space had before."""

    slug = models.SlugField(max_length=60, unique=True)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return self.slug


class Archival(models.Model):
    """From when until when a space could only be read, and whose doing that was."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="archivals")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return f"{self.space} archived {self.at}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, viewer: User) -> "MembershipQuerySet":
        """Members of spaces that viewer may read."""
        return self.filter(space__in=Space.objects.visible_to(viewer))


class Membership(models.Model):
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["space", "person"], name="member_once_per_space")
        ]
        indexes = [models.Index(fields=["person", "space"], name="membership_of_person")]

    def __str__(self) -> str:
        return f"{self.person} in {self.space}"


class JoinRequest(models.Model):
    """Somebody asks to join a closed space; answered by an owner or moderator."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    message = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["space", "person"], name="join_request_once_per_space")
        ]

    def __str__(self) -> str:
        return f"{self.person} asks for {self.space}"


class JoinAnswerQuerySet(models.QuerySet["JoinAnswer"]):
    def visible_to(self, viewer: User) -> "JoinAnswerQuerySet":
        """Reader class person: the one who asked, while they may know of the space."""
        return self.filter(person_id=viewer.pk, space__in=Space.objects.listed_for(viewer))


class JoinAnswer(models.Model):
    """What somebody was told who asked to join; gone when they have read it or ask again."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="join_answers")
    is_accepted = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = JoinAnswerQuerySet.as_manager()

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["person", "space"], name="join_answer_once_per_space")
        ]

    def __str__(self) -> str:
        return f"answer to {self.person} about {self.space}"


class SpaceInvitation(models.Model):
    """A place kept for somebody; gone when it is taken up, declined or withdrawn."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(fields=["space", "person"], name="invited_once_per_space")
        ]

    def __str__(self) -> str:
        return f"{self.person} invited to {self.space}"
