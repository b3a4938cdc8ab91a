"""The organisation as a tree of today: units, who leads them, who works there."""

from dataclasses import dataclass, field

from community.accounts.models import Job, OrgUnit, User
from community.accounts.queries import units_in_order

SHOWN_PER_UNIT = 30
SHOWN_UNITS = 200


@dataclass
class Branch:
    """A unit with what is below it. heads report to nobody in the unit; count is with those below.

    At most SHOWN_PER_UNIT are named, heads first; left_out says how many more there are.
    """

    unit: OrgUnit
    heads: list[User] = field(default_factory=list)
    members: list[User] = field(default_factory=list)
    left_out: int = 0
    count: int = 0
    below: list["Branch"] = field(default_factory=list)


@dataclass
class Chart:
    """The units on top, each with its branches: SHOWN_UNITS of units in all, as the tree reads."""

    tops: list[Branch]
    units: int

    @property
    def shown(self) -> int:
        return min(self.units, SHOWN_UNITS)


def org_chart(viewer: User) -> Chart:
    """Two queries."""
    branches = {unit.pk: Branch(unit) for unit in units_in_order()}
    jobs = Job.objects.current().filter(person__in=User.objects.visible_to(viewer).active())
    inside: dict[int, list[Job]] = {}
    for job in jobs.select_related("person").order_by("person__name", "person_id"):
        inside.setdefault(job.org_unit_id, []).append(job)
    for pk, found in inside.items():
        _seat(branches[pk], found)
    return Chart(_grow(branches), len(branches))


def _seat(branch: Branch, jobs: list[Job]) -> None:
    here = {job.person_id for job in jobs}
    leads = {job.manager_id for job in jobs} & here
    heads = [job for job in jobs if job.manager_id not in here and (job.person_id in leads)]
    others = [job for job in jobs if job not in heads]
    branch.heads = [job.person for job in heads[:SHOWN_PER_UNIT]]
    branch.members = [job.person for job in others[: SHOWN_PER_UNIT - len(branch.heads)]]
    branch.left_out = len(jobs) - len(branch.heads) - len(branch.members)
    branch.count = len(here)


def _grow(branches: dict[int, Branch]) -> list[Branch]:
    """Children come after their parents in the order of the tree, so counts add up from the end."""
    for branch in reversed(branches.values()):
        if parent := branches.get(branch.unit.parent_id or 0):
            parent.count += branch.count
    tops: list[Branch] = []
    for branch in [*branches.values()][:SHOWN_UNITS]:
        parent = branches.get(branch.unit.parent_id or 0)
        (parent.below if parent else tops).append(branch)
    return tops
