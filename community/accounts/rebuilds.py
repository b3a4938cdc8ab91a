"""The paths of org units, made again from their parents."""

from collections import defaultdict
from collections.abc import Callable

from community.accounts.models import OrgUnit
from community.outbox.recording import action


@action
def rebuild_unit_paths(progress: Callable[[int, int], None]) -> int:
    """Write the path of each unit that has another one; return how many units there are."""
    below: dict[int | None, list[OrgUnit]] = defaultdict(list)
    for unit in OrgUnit.objects.select_for_update().order_by("pk"):
        below[unit.parent_id].append(unit)
    wrong, waiting, done = [], [(unit, "/") for unit in below[None]], 0
    while waiting:
        unit, before = waiting.pop()
        path = f"{before}{unit.pk}/"
        if unit.path != path:
            unit.path = path
            wrong.append(unit)
        waiting += [(child, path) for child in below[unit.pk]]
        done += 1
    OrgUnit.objects.bulk_update(wrong, ["path"], batch_size=500)
    progress(done, done)
    return done
