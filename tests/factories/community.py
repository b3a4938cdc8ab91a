"""People, units and spaces for tests, made by the product's own actions."""

from datetime import date
from itertools import count
from typing import Any

from community.accounts.actions import Profile, create_person
from community.accounts.models import Job, OrgUnit, User
from community.accounts.placing import assign_job
from community.accounts.units import create_org_unit
from community.outbox.recording import action
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.actions import SpaceSettings, create_space
from community.spaces.membership import admit
from community.spaces.models import Role, Space, Visibility
from community.text.slugs import slugify

_numbers = count(1)
PASSWORD = "correct horse battery staple"
# Whatever the space says about joining.
add_member = action(admit)


def make_person(
    name: str = "", *, password: str | None = None, is_guest: bool = False, **fields: Any
) -> User:
    """A person with a mail address at example.com; without a password nobody signs in as them."""
    name = name or f"Person {next(_numbers)}"
    handle = fields.pop("handle", name.lower().replace(" ", "-"))
    return create_person(
        Profile(name=name, **fields),
        by=None,
        email=f"{handle}@example.com",
        handle=handle,
        password=password,
        is_guest=is_guest,
    )


def make_guest(name: str, *, spaces: tuple[Space, ...] = (), **fields: Any) -> User:
    """Somebody from outside, a member of these spaces; see make_person."""
    guest = make_person(name, is_guest=True, **fields)
    for space in spaces:
        add_member(space, guest, actor=None)
    return guest


@action
def make_admin(name: str = "Root", **fields: Any) -> User:
    """A person with every capability, and a member of nothing."""
    # A handle such as "root" is nobody's.
    admin = make_person(name, **{"handle": f"{slugify(name)}-admin"} | fields)
    for capability in Capability:
        grant_capability(admin, capability, by=None)
    return admin


def make_space(
    name: str = "Workshop",
    *,
    owner: User,
    members: tuple[User, ...] = (),
    moderators: tuple[User, ...] = (),
    visibility: Visibility = Visibility.OPEN,
    **chosen: Any,
) -> Space:
    settings = SpaceSettings(name=name, visibility=visibility, **chosen)
    # Tests name addresses: without a slug, that of a secret space ends at random.
    slug = slugify(name) if visibility == Visibility.SECRET else ""
    space = create_space(settings, by=owner, slug=slug)
    for person in members:
        add_member(space, person, actor=owner)
    for person in moderators:
        add_member(space, person, actor=owner, role=Role.MODERATOR)
    space.refresh_from_db()
    return space


def make_unit(name: str = "Team", *, parent: OrgUnit | None = None) -> OrgUnit:
    return create_org_unit(name, by=None, parent=parent)


def make_job(
    person: User,
    unit: OrgUnit,
    *,
    title: str = "Engineer",
    from_on: date = date(2025, 1, 1),
    manager: User | None = None,
) -> Job:
    return assign_job(person, unit, by=None, title=title, from_on=from_on, manager=manager)
