"""The descriptions of tags as HTML."""

from collections.abc import Callable

from community.outbox.recording import action
from community.text.errors import TextRefused
from discussions.tags.actions import rendered_description
from discussions.tags.models import Tag


def rebuild_tag_descriptions(progress: Callable[[int, int], None]) -> int:
    """Return how many tags are described."""
    ids = list(
        Tag.objects.exclude(description_source="").order_by("pk").values_list("pk", flat=True)
    )
    for done, pk in enumerate(ids, start=1):
        _rebuild(pk)
        progress(done, len(ids))
    return len(ids)


@action
def _rebuild(pk: int) -> None:
    tag = Tag.objects.select_for_update().get(pk=pk)
    try:
        html = rendered_description(tag.description_source).html
    except TextRefused:
        return  # one beyond today's limits keeps what it has
    if html != tag.description_html:
        tag.description_html = html
        tag.save(update_fields=["description_html"])
