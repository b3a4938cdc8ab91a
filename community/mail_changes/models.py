"""Changes of the address that somebody signs in with."""

from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id


class MailChangeQuerySet(models.QuerySet["MailChange"]):
    def visible_to(self, viewer: User) -> "MailChangeQuerySet":
        """Reader class person: one's own."""
        return self.filter(person_id=viewer.pk)

    def waiting(self) -> "MailChangeQuerySet":
        return self.filter(done_at=None, undone_at=None)


class MailChange(models.Model):
    """From one address to another: asked for, confirmed at both, done, undone from the old one."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_changes")
    old_email = models.EmailField()
    # Not unique: whether somebody has this address must show nowhere.
    new_email = models.EmailField()
    at = models.DateTimeField(default=timezone.now)
    old_confirmed_at = models.DateTimeField(null=True, blank=True)
    new_confirmed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MailChangeQuerySet.as_manager()

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return f"{self.person} from {self.at:%Y-%m-%d %H:%M}"
