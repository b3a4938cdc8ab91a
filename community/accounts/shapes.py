"""People and org units as programs get them."""

from typing import TypedDict

from community.accounts.models import Job, OrgUnit, User
from community.http.api.shapes import Day, Time, written
from community.http.api.strings import Handle


class PersonShape(TypedDict):
    id: str
    handle: Handle
    name: str
    headline: str
    is_active: bool
    is_guest: bool
    # The id of a file; null while initials show.
    photo: str | None
    url: str


class JobShape(TypedDict):
    title: str
    org_unit: str
    manager: Handle | None
    from_on: Day


class ProfileShape(PersonShape):
    about: str
    city: str
    time_zone: str
    created_at: Time
    job: JobShape | None


class MeShape(PersonShape):
    email: str | None
    about: str
    city: str
    time_zone: str
    locale: str


class OrgUnitShape(TypedDict):
    id: str
    name: str
    parent: str | None


def handle_of(person: User) -> Handle:
    return Handle(person.handle)


def person_shape(person: User) -> PersonShape:
    return {
        "id": person.public_id,
        "handle": handle_of(person),
        "name": person.name,
        "headline": person.headline,
        "is_active": person.is_active,
        "is_guest": person.is_guest,
        "photo": person.photo or None,
        "url": person.url,
    }


def me_shape(person: User) -> MeShape:
    return {
        **person_shape(person),
        "email": person.email,
        "about": person.about,
        "city": person.city,
        "time_zone": person.time_zone,
        "locale": person.locale,
    }


def profile_shape(person: User, job: Job | None) -> ProfileShape:
    return {
        **person_shape(person),
        "about": person.about,
        "city": person.city,
        "time_zone": person.time_zone,
        "created_at": written(person.created_at),
        "job": job_shape(job) if job else None,
    }


def job_shape(job: Job) -> JobShape:
    """job comes with its unit and manager."""
    return {
        "title": job.title,
        "org_unit": job.org_unit.public_id,
        "manager": handle_of(job.manager) if job.manager else None,
        "from_on": job.from_on.isoformat(),
    }


def unit_shape(unit: OrgUnit) -> OrgUnitShape:
    """unit comes with its parent."""
    return {
        "id": unit.public_id,
        "name": unit.name,
        "parent": unit.parent.public_id if unit.parent else None,
    }
