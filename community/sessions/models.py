"""Who is signed in where."""

from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone

from community.accounts.models import User
from community.identifiers.public_ids import new_public_id


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, viewer: User) -> "SessionQuerySet":
        """Reader class person: one's own, as long as they last."""
        return self.filter(person_id=viewer.pk, expire_date__gt=timezone.now())


# The class is made at run time, which the type checker can't follow.
class SessionManager(BaseSessionManager["Session"].from_queryset(SessionQuerySet)):  # type: ignore[misc]
    """Django's engine asks it to save; all else reads through the query set."""


class Session(AbstractBaseSession):
    """A browser's session. The row is the session: without it nobody is signed in there.

    The columns beside Django's are written by store.py from the session's own data, so that they
    survive a new key. person is null before sign-in.
    """

    public_id = models.CharField(max_length=10, default=new_public_id, db_index=True)
    person = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    user_agent = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    # Written once a minute for all sessions that were used: see last_use.py.
    last_used_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return f"{self.person} since {self.started_at:%Y-%m-%d %H:%M}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """The engine imports this module, so it is named by the settings alone."""
        engine: type[SessionStore] = import_module(settings.SESSION_ENGINE).SessionStore
        return engine
