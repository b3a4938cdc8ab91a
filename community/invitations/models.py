"""Places that are kept on the site: for one address, or behind a link for several people."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from community.accounts.models import OrgUnit, User
from community.identifiers.public_ids import new_public_id
from community.invitations.tokens import hashed, token_of
from community.spaces.models import Space

if TYPE_CHECKING:
    from datetime import datetime


class Offer(models.Model):
    """What whoever comes in is given. The token itself is kept nowhere: see tokens.py."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    token_hash = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    spaces = models.ManyToManyField(Space, related_name="+")
    # Whoever comes in is from outside and sees these spaces alone.
    is_guest = models.BooleanField(default=False, db_default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        app_label = "community"

    def make_token(self) -> None:
        """For what is inserted without save()."""
        self.token_hash = self.token_hash or hashed(token_of(self))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.make_token()
        super().save(*args, **kwargs)

    @property
    def is_over(self) -> bool:
        return self.withdrawn_at is not None or self.expires_at <= timezone.now()


class LinkQuerySet(models.QuerySet["InvitationLink"]):
    def open(self, at: "datetime") -> "LinkQuerySet":
        """Those that nobody ended; a link ends with the account of who made it."""
        return self.filter(withdrawn_at=None, expires_at__gt=at, by__is_active=True)

    def usable(self, at: "datetime") -> "LinkQuerySet":
        """Those that still let somebody in."""
        return self.open(at).filter(uses__lt=models.F("max_uses"))

    def full(self, at: "datetime") -> "LinkQuerySet":
        return self.open(at).filter(uses__gte=models.F("max_uses"))


class InvitationLink(Offer):
    """A link that up to max_uses people come in by, each with an address that they confirm."""

    max_uses = models.PositiveIntegerField()
    uses = models.PositiveIntegerField(default=0)

    objects = LinkQuerySet.as_manager()

    class Meta(Offer.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(uses__lte=models.F("max_uses")), name="link_used_within_its_cap"
            )
        ]

    def __str__(self) -> str:
        return f"Link {self.public_id}"

    @property
    def is_over(self) -> bool:
        return super().is_over or self.uses >= self.max_uses


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; possibly expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def usable(self, at: "datetime") -> "InvitationQuerySet":
        return self.waiting().filter(expires_at__gt=at)


class Invitation(Offer):
    """A place for one address. by is null for who signed up, by a link or by their domain."""

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    link = models.ForeignKey(
        InvitationLink, null=True, on_delete=models.SET_NULL, related_name="sign_ups"
    )
    sent_at = models.DateTimeField(null=True)
    # Why the mail server refused the last letter.
    trouble = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True)
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta(Offer.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="invited_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def offer(self) -> Offer:
        """Where unit, title and spaces stand: a link's are those of today."""
        return self.link or self


class AccountRequest(models.Model):
    """Somebody who signed up asks for an account; decided by those who manage people."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="request")
    message = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    # Null while it waits.
    accepted = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "community"
        indexes = [models.Index(fields=["accepted", "at"], name="account_request_by_answer")]

    def __str__(self) -> str:
        return f"{self.invitation} asks for an account"
