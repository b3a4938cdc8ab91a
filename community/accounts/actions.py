"""Adding people, their profiles and their handles."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.access import require_edit_profile, require_manage
from community.accounts.emails import free_email
from community.accounts.handles import checked_handle, free_handle
from community.accounts.headlines import refresh_headline
from community.accounts.models import HandleRedirect, OrgUnit, User
from community.accounts.placing import assign_job
from community.accounts.times import today, zone_names
from community.events import (
    PERSON_CREATED,
    PERSON_RENAMED,
    PROFILE_EDITED,
)
from community.http.conflicts import EditConflict
from community.http.idempotency import once
from community.outbox.recording import action, record, savepoint
from community.text.lengths import length_error
from community.text.names import clean_name

ATTEMPTS = 5
MAX_HANDLES = 3
HANDLES_SPAN = timedelta(days=30)


@dataclass(frozen=True)
class Profile:
    """What a person says of themselves. time_zone is an IANA name such as Europe/Lisbon."""

    name: str
    about: str = ""
    city: str = ""
    time_zone: str = "UTC"
    locale: str = "en"


@action
def create_person(
    profile: Profile,
    *,
    by: User | None,
    email: str | None,
    handle: str = "",
    password: str | None = None,
    is_active: bool = True,
    is_guest: bool = False,
) -> User:
    """Add a person, a guest from outside with is_guest. by is None where the system itself acts.

    Raises PermissionDenied unless by manages people, ValidationError for email, handle and the
    fields of Profile.
    """
    require_manage(by)
    person = User(is_active=is_active, is_guest=is_guest, **asdict(_checked(profile)))
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    _save_at_free_names(person, email, handle)
    record(PERSON_CREATED, actor=by, obj=person, subject=person)
    return person


def _save_at_free_names(person: User, email: str | None, handle: str) -> None:
    """Somebody else may take a name at the same moment: the next round then sees who has it."""
    for attempt in range(1, ATTEMPTS + 1):
        person.email = None if email is None else free_email(email)
        person.handle = checked_handle(handle) if handle else free_handle(person.name)
        try:
            with savepoint():
                person.save()
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
        else:
            return


@action
def edit_profile(person: User, profile: Profile, *, by: User, based_on: int | None = None) -> User:
    """Change a profile; an edit that changes nothing leaves its version.

    based_on is the version that the editor started from, None where nobody saw one. Raises
    EditConflict, PermissionDenied, ValidationError for the fields of Profile.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require_edit_profile(person, by)
    checked = _checked(profile)
    if checked == profile_of(person):
        return person
    if based_on not in (None, person.profile_version):
        raise EditConflict(person)
    before = person.name
    for name, value in asdict(checked).items():
        setattr(person, name, value)
    refresh_headline(person)
    person.profile_version += 1
    person.save()
    if person.name != before:
        _record_renamed(person, by)
    record(PROFILE_EDITED, actor=by, obj=person, subject=person)
    return person


@action
def store_password(person: User) -> None:
    """Store the password that person was given with set_password(), and nothing else of them.

    The row may have changed since it was read: hashing takes long. Raises PermissionDenied where
    the account is off by now.
    """
    if not User.objects.select_for_update().get(pk=person.pk).is_active:
        raise PermissionDenied(_("This account is switched off."))
    User.objects.filter(pk=person.pk).update(password=person.password)


def profile_of(person: User) -> Profile:
    return Profile(**{each.name: getattr(person, each.name) for each in fields(Profile)})


@action
def change_handle(person: User, handle: str, *, by: User) -> User:
    """Give person another handle; the old one leads to them.

    Raises PermissionDenied, ValidationError for a bad handle and for the fourth change in 30 days
    by the person.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require_edit_profile(person, by)
    fresh = checked_handle(handle, beside=person)
    if fresh == person.handle:
        return person
    if person.pk == by.pk:
        _require_few_handles(person)
    HandleRedirect.objects.filter(handle=fresh, person=person).delete()
    HandleRedirect.objects.create(handle=person.handle, person=person)
    person.handle = fresh
    try:
        with savepoint():
            person.save(update_fields=["handle"])
    except IntegrityError as error:
        raise ValidationError({"handle": _("Somebody has or had this handle.")}) from error
    _record_renamed(person, by)
    return person


def _require_few_handles(person: User) -> None:
    """Every former handle stays taken, so that one person can't collect them."""
    since = timezone.now() - HANDLES_SPAN
    if person.former_handles.filter(since__gte=since).count() >= MAX_HANDLES:
        raise ValidationError(
            {"handle": _("You changed your handle three times in 30 days. Try again later.")}
        )


def _record_renamed(person: User, by: User) -> None:
    former = person.former_handles.values_list("handle", flat=True)
    record(PERSON_RENAMED, actor=by, obj=person, subject=person, handles=[person.handle, *former])


@action
def add_colleague(
    profile: Profile,
    *,
    by: User,
    email: str,
    unit: OrgUnit | None = None,
    title: str = "",
    key: str = "",
) -> User:
    """Add a person who works in unit from today on; without a unit, nowhere yet.

    A repeat with the same key returns the first one. Raises what create_person and assign_job
    raise.
    """
    require_manage(by)
    return once(key, User, lambda: _add_colleague(profile, by, email, unit, title), by=by)


def _add_colleague(
    profile: Profile, by: User, email: str, unit: OrgUnit | None, title: str
) -> User:
    person = create_person(profile, by=by, email=email)
    if unit is not None:
        assign_job(person, unit, by=by, title=title, from_on=today())
        person.refresh_from_db(fields=["headline"])
    return person


def _checked(profile: Profile) -> Profile:
    """Return profile as it is stored. Raises ValidationError for its fields."""
    name = clean_name(profile.name)
    errors = {
        "name": _name_error(name),
        "about": length_error(profile.about, 500),
        "city": length_error(profile.city, 80),
        "time_zone": _zone_error(profile.time_zone),
        "locale": _locale_error(profile.locale),
    }
    found = {field: message for field, message in errors.items() if message}
    if found:
        raise ValidationError(found)
    about, city = clean_name(profile.about), clean_name(profile.city)
    return replace(profile, name=name, about=about, city=city)


def _name_error(name: str) -> str:
    return length_error(name, 120) if name else _("Give a name.")


def _zone_error(name: str) -> str:
    known = name in zone_names()
    return "" if known else _("Choose a time zone from the list, such as Europe/Lisbon.")


def _locale_error(code: str) -> str:
    return "" if code in dict(settings.LANGUAGES) else _("Choose a language from the list.")
