"""People, the tree of org units, and who was where, when."""

from typing import TYPE_CHECKING, Any

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from community.accounts.times import today
from community.identifiers.public_ids import new_public_id

if TYPE_CHECKING:
    from datetime import date

HANDLE = RegexValidator(
    r"^[a-z0-9][a-z0-9_-]{0,38}\Z",
    "A handle has 1 to 39 small letters, digits, hyphens and underscores, and starts with a letter"
    " or digit.",
)


class PersonQuerySet(models.QuerySet["User"]):
    def visible_to(self, viewer: "User") -> "PersonQuerySet":
        """Reader class directory: colleagues see everybody, guests who shares a space with them."""
        if not viewer.is_active:
            return self.none()
        if not viewer.is_guest:
            return self
        beside = User.objects.filter(memberships__space__memberships__person=viewer.pk)
        return self.filter(models.Q(pk=viewer.pk) | models.Q(pk__in=beside.values("pk")))

    def active(self) -> "PersonQuerySet":
        return self.filter(is_active=True)

    def left(self) -> "PersonQuerySet":
        """Whose account is switched off; authors of an import, without an address, had none."""
        return self.filter(is_active=False, email__isnull=False)


class PersonManager(BaseUserManager["User"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email__iexact=username)
        return found


class User(AbstractBaseUser):
    """A person. Imported authors are people too: inactive and without e-mail."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    email = models.EmailField(unique=True, null=True)
    handle = models.CharField(max_length=39, unique=True, validators=[HANDLE])
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=500, blank=True)
    city = models.CharField(max_length=80, blank=True)
    # "Network engineer, Pune": written by the actions on jobs and profiles, so that no page joins.
    headline = models.CharField(max_length=200, blank=True)
    # The public id of a file, see community/photos: no page asks for more. Else initials show.
    photo = models.CharField(max_length=10, blank=True, default="", db_default="")
    locale = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    # Rises with each edit of the profile, so that no form overwrites a later one.
    profile_version = models.PositiveIntegerField(default=1, db_default=1)
    is_active = models.BooleanField(default=True)
    # Somebody from outside: reads the spaces they belong to and holds no rights beyond those.
    is_guest = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["handle", "name"]

    class Meta:
        app_label = "community"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="email_once"),
        ]
        indexes = [models.Index(fields=["name", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[0].isalnum()]
        ends = words[:1] + words[1:][-1:]
        return "".join(word[0] for word in ends).upper() or "?"

    @property
    def hue(self) -> int:
        """One of twelve colours, from the id."""
        return (self.pk or 0) % 12 + 1

    def get_absolute_url(self) -> str:
        return f"/p/{self.handle}"

    @property
    def url(self) -> str:
        """For templates, which show people, spaces and plain rows alike."""
        return self.get_absolute_url()

    def has_perm(self, capability: str, obj: Any = None) -> bool:
        """Tell whether the authentication backend grants a capability: "community.people".

        Guests have none, whatever was granted to them or to their unit.
        """
        holds = self.is_active and not self.is_guest
        return holds and any(
            backend.has_perm(self, capability, obj) for backend in auth.get_backends()
        )


class HandleRedirect(models.Model):
    """A handle that somebody had before; links with it still arrive."""

    handle = models.CharField(max_length=39, unique=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_handles")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return self.handle


class OrgUnitQuerySet(models.QuerySet["OrgUnit"]):
    def visible_to(self, viewer: User) -> "OrgUnitQuerySet":
        """Reader class directory: all signed-in colleagues, and no guest."""
        return self if viewer.is_active and not viewer.is_guest else self.none()


class OrgUnit(models.Model):
    """A node of the organisation's tree. path holds the ids from the root: "/1/4/9/"."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, db_index=True, blank=True)

    objects = OrgUnitQuerySet.as_manager()

    @property
    def depth(self) -> int:
        """0 for a root."""
        return self.path.count("/") - 2

    class Meta:
        app_label = "community"

    def __str__(self) -> str:
        return self.name


class JobQuerySet(models.QuerySet["Job"]):
    def on(self, day: "date") -> "JobQuerySet":
        """The jobs that people held on a day."""
        running = models.Q(until_on=None) | models.Q(until_on__gte=day)
        return self.filter(running, from_on__lte=day)

    def current(self) -> "JobQuerySet":
        return self.on(today())


class Job(models.Model):
    """A person's place from a day until a day, both included; open-ended while until_on is null."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="jobs")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="jobs")
    title = models.CharField(max_length=120)
    manager = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        app_label = "community"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
                name="job_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["org_unit", "from_on"], name="job_by_unit")]

    def __str__(self) -> str:
        return f"{self.title} from {self.from_on}"
