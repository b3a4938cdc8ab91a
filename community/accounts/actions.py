"""Adding people, their profiles, their places in the organisation."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.access import require_edit_profile, require_manage
from community.accounts.handles import checked_handle, free_handle
from community.accounts.models import HandleRedirect, Job, OrgUnit, User
from community.accounts.times import today
from community.events import (
    JOB_ASSIGNED,
    ORG_UNIT_CREATED,
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
        person.email = None if email is None else checked_email(email)
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
def create_org_unit(
    name: str, *, by: User | None, parent: OrgUnit | None = None, key: str = ""
) -> OrgUnit:
    """Add a unit, a part of parent or on top; a repeat with the same key returns the first one."""
    require_manage(by)
    if by is None:
        return _create_org_unit(name, by, parent)
    return once(key, OrgUnit, lambda: _create_org_unit(name, by, parent), by=by)


def _create_org_unit(name: str, by: User | None, parent: OrgUnit | None) -> OrgUnit:
    name = clean_name(name)
    wrong = length_error(name, 120) if name else _("Give the unit a name.")
    if wrong:
        raise ValidationError({"name": wrong})
    unit = OrgUnit.objects.create(name=name, parent=parent)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    if by is not None:
        record(ORG_UNIT_CREATED, actor=by, obj=unit)
    return unit


@action
def assign_job(
    person: User,
    unit: OrgUnit,
    *,
    by: User | None,
    title: str,
    from_on: date,
    manager: User | None = None,
) -> Job:
    """Give person a place from a day on; an open-ended earlier one ends the day before.

    Raises ValidationError for the title, for somebody as their own manager, and for a day that
    lies in an earlier job.
    """
    require_manage(by)
    person = User.objects.select_for_update().get(pk=person.pk)
    title = checked_job_title(title)
    if manager is not None and manager.pk == person.pk:
        raise ValidationError({"manager": _("Nobody is their own manager.")})
    later = person.jobs.filter(Q(from_on__gte=from_on) | Q(until_on__gte=from_on))
    if later.exists():
        raise ValidationError({"from_on": _("Another job of this person reaches beyond that day.")})
    day_before = date.fromordinal(from_on.toordinal() - 1)
    person.jobs.filter(until_on=None).update(until_on=day_before)
    job = Job.objects.create(
        person=person, org_unit=unit, title=title, manager=manager, from_on=from_on
    )
    refresh_headline(person)
    person.save(update_fields=["headline"])
    record(JOB_ASSIGNED, actor=by, obj=job, subject=person)
    return job


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


def checked_job_title(title: str) -> str:
    """Return title as it is stored. Raises ValidationError for the field title."""
    title = clean_name(title)
    wrong = length_error(title, 120) if title else _("Give the job a title.")
    if wrong:
        raise ValidationError({"title": wrong})
    return title


def refresh_headline(person: User) -> None:
    """Set "title, city" from the job of today, unsaved."""
    job = person.jobs.current().order_by("-from_on").first()
    parts = (job.title if job else "", person.city)
    person.headline = ", ".join(part for part in parts if part)[:200]


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
    known = name in available_timezones()
    return "" if known else _("Choose a time zone from the list, such as Europe/Lisbon.")


def _locale_error(code: str) -> str:
    return "" if code in dict(settings.LANGUAGES) else _("Choose a language from the list.")


def checked_email(email: str) -> str:
    """Return email as it is stored. Raises ValidationError for email unless it is free."""
    email = email.strip().lower()
    if len(email) > 254:
        raise ValidationError({"email": length_error(email, 254)})
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError({"email": _("Enter an address such as ada@example.com.")}) from error
    if User.objects.filter(email=email).exists():
        raise ValidationError({"email": _("Somebody has this address already.")})
    return email
