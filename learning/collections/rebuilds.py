"""The descriptions of collections as HTML."""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from community.outbox.recording import action
from learning.collections.actions import rendered_description
from learning.collections.models import Collection


def rebuild_collection_descriptions(progress: Callable[[int, int], None]) -> int:
    """Return how many collections are described."""
    described = Collection.objects.exclude(description_source="").order_by("pk")
    ids = list(described.values_list("pk", flat=True))
    for done, pk in enumerate(ids, start=1):
        _rebuild(pk)
        progress(done, len(ids))
    return len(ids)


@action
def _rebuild(pk: int) -> None:
    rows = Collection.objects.select_for_update(of=("self",)).select_related("space")
    collection = rows.get(pk=pk)
    try:
        html = rendered_description(collection.description_source, collection.space)
    except ValidationError:
        return  # one beyond today's limits keeps what it has
    if html != collection.description_html:
        collection.description_html = html
        collection.save(update_fields=["description_html"])
