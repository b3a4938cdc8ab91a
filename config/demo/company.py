"""The demo company's people, units, spaces and tags, from company.toml."""

import tomllib
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from django.utils import timezone

from community.accounts.actions import Profile, create_person
from community.accounts.models import OrgUnit, User
from community.accounts.placing import assign_job
from community.accounts.units import create_org_unit
from community.profiles.actions import Details, edit_details
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.actions import SpaceSettings, create_space
from community.spaces.membership import admit
from community.spaces.models import Joining, Membership, Role, Space, Visibility
from discussions.tags.models import Tag

FOLDER = Path(__file__).parent
PASSWORD = "learn-from-each-other"  # noqa: S105 - printed at the start of the demo

# Who signs in as what; see README.
LOGINS = {
    "employee": "hanna",
    "expert": "priya",
    "community manager": "lena",
    "admin": "yann",
    "guest": "ylva",
}
GUEST_DOMAIN = "freelance.example"
CAPABILITIES = {"yann": list(Capability), "noor": [Capability.PEOPLE], "lena": [Capability.TAGS]}
# Those whose place was another one before: "who was where, when" needs an example.
EARLIER_TITLES = {
    "eva": "Sales trainer",
    "jonas": "Platform engineer",
    "grace": "Claims handler",
    "marek": "Goods in",
    "hanna": "Sales development",
    "piotr": "Shift lead",
}


def company() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "company.toml").read_text(encoding="utf-8"))


def spread(*words: object, below: int) -> int:
    """Return a number in [0, below) that looks random and is the same on every machine."""
    return crc32("/".join(map(str, words)).encode()) % below


def make_people(plan: dict[str, Any]) -> dict[str, User]:
    """Return everybody by handle; those who sign in get the demo password."""
    people = {}
    for row in plan["people"]:
        profile = Profile(
            name=row["name"], about=row["about"], city=row["city"], time_zone=row["time_zone"]
        )
        signs_in = row["handle"] in LOGINS.values()
        people[row["handle"]] = create_person(
            profile,
            by=None,
            email=f"{row['handle']}@{plan['mail_domain']}",
            handle=row["handle"],
            password=PASSWORD if signs_in else None,
        )
    for handle, capabilities in CAPABILITIES.items():
        for capability in capabilities:
            grant_capability(people[handle], capability, by=None)
    return people


def make_profiles(plan: dict[str, Any], people: dict[str, User]) -> None:
    """How to work with some of them, from Monday to Friday; one is away, and somebody covers."""
    for row in plan["people"]:
        if "languages" not in row:
            continue
        away = row.get("away_days")
        details = Details(
            pronouns=row.get("pronouns", ""),
            languages=row["languages"],
            hours=[row["hours"]] * 5 + [None] * 2,
            away_until=timezone.now().date() + timedelta(days=away) if away else None,
            stand_in=people[row["stand_in"]] if away else None,
        )
        edit_details(people[row["handle"]], details, by=people[row["handle"]])


def make_guests(plan: dict[str, Any]) -> dict[str, User]:
    """People from outside, who belong to no unit."""
    return {
        row["handle"]: create_person(
            Profile(
                name=row["name"], about=row["about"], city=row["city"], time_zone=row["time_zone"]
            ),
            by=None,
            email=f"{row['handle']}@{GUEST_DOMAIN}",
            handle=row["handle"],
            password=PASSWORD if row["handle"] in LOGINS.values() else None,
            is_guest=True,
        )
        for row in plan["guests"]
    }


def invite_guests(plan: dict[str, Any], guests: dict[str, User], spaces: dict[str, Space]) -> None:
    for row in plan["guests"]:
        for slug in row["spaces"]:
            admit(spaces[slug], guests[row["handle"]], actor=spaces[slug].created_by)


def make_units(plan: dict[str, Any]) -> dict[str, OrgUnit]:
    units: dict[str, OrgUnit] = {}
    for row in plan["units"]:
        units[row["key"]] = create_org_unit(row["name"], by=None, parent=units.get(row["parent"]))
    return units


def make_jobs(plan: dict[str, Any], people: dict[str, User], units: dict[str, OrgUnit]) -> None:
    managers = {row["key"]: row["manager"] for row in plan["units"]}
    parents = {row["key"]: row["parent"] for row in plan["units"]}
    today = timezone.now().date()
    for row in plan["people"]:
        handle, unit = row["handle"], row["unit"]
        above = managers[unit] if managers[unit] != handle else managers.get(parents[unit], "")
        place = partial(assign_job, people[handle], units[unit], by=None, manager=people.get(above))
        since = today - timedelta(days=60 + spread(handle, "since", below=1500))
        if handle in EARLIER_TITLES:
            earlier = _years_before(since, 2)
            place(title=EARLIER_TITLES[handle], from_on=earlier)
        place(title=row["title"], from_on=since)


def _years_before(day: date, years: int) -> date:
    return day - timedelta(days=365 * years)


def make_tags(plan: dict[str, Any]) -> None:
    Tag.objects.bulk_create(
        Tag(name=name, description_source=text, description_html=f"<p>{text}</p>")
        for name, text in plan["tags"].items()
    )


def make_spaces(plan: dict[str, Any], people: dict[str, User]) -> dict[str, Space]:
    units: dict[str, list[str]] = {}
    for row in plan["people"]:
        units.setdefault(row["unit"], []).append(row["handle"])
    return {row["slug"]: _make_space(row, people, units) for row in plan["spaces"]}


def _make_space(row: dict[str, Any], people: dict[str, User], units: dict[str, list[str]]) -> Space:
    owner, *owners = [people[handle] for handle in row["owners"]]
    closed = row["visibility"] == Visibility.CLOSED
    secret = row["visibility"] == Visibility.SECRET
    chosen = SpaceSettings(
        name=row["name"],
        description=row["description"],
        rules=row["rules"],
        visibility=Visibility(row["visibility"]),
        joining=Joining.REQUEST if closed else Joining.AT_ONCE,
        hue=row["hue"],
        icon=row["icon"],
    )
    space = create_space(chosen, by=owner, slug="" if secret else row["slug"])
    members = [*row["members"], *(h for unit in row["member_units"] for h in units[unit])]
    for role, found in [
        (Role.OWNER, owners),
        (Role.MODERATOR, [people[handle] for handle in row["moderators"]]),
        (Role.MEMBER, [people[handle] for handle in members]),
    ]:
        for person in found:
            admit(space, person, actor=owner, role=role)
    opened = timezone.now() - timedelta(days=400)
    Space.objects.filter(pk=space.pk).update(created_at=opened)
    Membership.objects.filter(space=space).update(joined_at=opened)
    return space
