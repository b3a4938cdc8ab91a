"""Who gains and who loses sight of something when its readers change."""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.spaces.models import Membership, Space, Visibility


@dataclass(frozen=True)
class Sight:
    """People who will read what they don't read now, and who won't any more."""

    gains: QuerySet[User]
    losses: QuerySet[User]

    def mark(self, *more: object) -> str:
        """Return what a confirmation sends back: it is another one once somebody comes or goes.

        more is what else was shown.
        """
        people = (sorted(rows.values_list("pk", flat=True)) for rows in (self.gains, self.losses))
        return sha256(repr((*people, more)).encode()).hexdigest()[:32]


class SightChanged(Exception):  # noqa: N818 - the domain's word for it
    """What somebody confirmed is not what would happen by now."""

    def __init__(self) -> None:
        super().__init__(
            _("Something changed since this page was made. Look at it again, then confirm.")
        )


def readers(space: Space, visibility: str = "") -> QuerySet[User]:
    """Everybody with an account who reads space, or would if it had that visibility."""
    members = Q(pk__in=Membership.objects.filter(space=space).values("person_id"))
    is_open = (visibility or space.visibility) == Visibility.OPEN
    people: QuerySet[User] = User.objects.active()
    return people.filter(members | Q(is_guest=False) if is_open else members)


def guests_reading(space_id: int | None) -> QuerySet[Membership]:
    """The guests who read what stands in this space; a text without a space is shown to none."""
    return Membership.objects.filter(space=space_id or 0, person__is_guest=True)


def sight(before: QuerySet[User], after: QuerySet[User]) -> Sight:
    """What changes for whom when the readers are after instead of before."""
    return Sight(gains=_beside(after, before), losses=_beside(before, after))


def _beside(people: QuerySet[User], others: QuerySet[User]) -> QuerySet[User]:
    return people.exclude(pk__in=others.order_by().values("pk"))


def require_same(seen: str, mark: str) -> None:
    """Raise SightChanged unless seen is the mark of what would happen now."""
    if seen != mark:
        raise SightChanged
