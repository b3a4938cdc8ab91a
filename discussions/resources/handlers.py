"""What follows from events of topics."""

from community.outbox.models import Event
from discussions.resources.keeping import keep_resource
from discussions.topics.models import Kind, Topic


def keep_article(event: Event) -> None:
    """Give know-how, which is started like any topic, its row among the resources."""
    topic = Topic.objects.filter(pk=event.topic_id or 0, kind=Kind.ARTICLE).first()
    if topic is not None:
        keep_resource(topic)
