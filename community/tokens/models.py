"""Keys with which a person's programs ask instead of the person."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, viewer: User) -> "ApiTokenQuerySet":
        """Reader class person: one's own."""
        return self.filter(person_id=viewer.pk)


class ApiToken(models.Model):
    """The row is the token: without it, its program is nobody. Of the secret only a digest is kept.

    scopes are such as "discussions:read"; one to write reads as well.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # Written once a minute for all tokens that were used: see last_use.py.
    last_used_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        app_label = "community"
        indexes = [models.Index(fields=["expires_at"], name="token_age")]

    def __str__(self) -> str:
        return f"{self.name} of {self.person_id}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    def allows(self, area: str, *, writing: bool) -> bool:
        return f"{area}:write" in self.scopes or (not writing and f"{area}:read" in self.scopes)
