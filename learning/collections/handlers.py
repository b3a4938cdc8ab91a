"""What becomes of collections when somebody leaves the company, or becomes a guest."""

from community.accounts.models import User
from community.outbox.models import Event
from community.outbox.recording import action
from community.spaces.models import Membership, Role, Space
from learning.collections.access import can_make
from learning.collections.actions import hand_over
from learning.collections.models import Collection, CollectionCurator, CollectionFollow


def hand_over_collections(event: Event) -> None:
    """Give what they owned to the space's owner of longest standing, else leave it to be taken.

    Whoever is a colleague again by now keeps what they own.
    """
    person = User.objects.filter(pk=event.subject_id or 0).first()
    if person is None or can_make(person):
        return
    CollectionCurator.objects.filter(person=person).delete()
    CollectionFollow.objects.filter(person=person).delete()
    for pk in Collection.objects.filter(owner=person).order_by("pk").values_list("pk", flat=True):
        _hand_over(pk, person)


@action
def _hand_over(pk: int, person: User) -> None:
    rows = Collection.objects.select_for_update(of=("self",)).select_related("space", "owner")
    collection = rows.filter(pk=pk, owner=person).first()
    if collection is not None:
        hand_over(collection, _heir(collection.space), by=None)


def _heir(space: Space | None) -> User | None:
    owners = Membership.objects.filter(space=space, role=Role.OWNER, person__is_active=True)
    first = owners.select_related("person").order_by("joined_at", "pk").first() if space else None
    return first.person if first else None
