"""Sharing the demo company's links, with what their pages said and what colleagues think."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from config.demo.texts import TopicText
from discussions.resources.actions import rate_resource, share_link, use_resource
from discussions.resources.keeping import Details
from discussions.resources.models import Link
from discussions.topics.models import Topic


def write_link(
    plan: TopicText,
    space: Space,
    author: User,
    people: dict[str, User],
    readers: list[User],
    at: datetime,
) -> Topic:
    """Share a page without asking it: a demo works where there is no way out."""
    facts = plan.facts
    topic = share_link(
        space,
        by=author,
        url=facts["url"],
        title=plan.title,
        source=plan.text,
        tags=facts["tags"],
        details=details_of(facts),
        at=at,
    )
    now = timezone.now()
    Link.objects.filter(resource__topic=topic).update(
        page_title=facts["page_title"],
        description=facts["page_says"],
        read_at=now,
        checked_at=now,
        broken_since=now - timedelta(days=2) if facts.get("broken") else None,
    )
    use_and_rate(topic, facts, people, readers)
    return topic


def details_of(facts: dict[str, Any]) -> Details:
    return Details(facts.get("minutes"), facts.get("level", ""), facts.get("language", ""))


def use_and_rate(
    topic: Topic, facts: dict[str, Any], people: dict[str, User], readers: list[User]
) -> None:
    for person in [one for one in readers if one != topic.author][: facts.get("used", 0)]:
        use_resource(topic, by=person)
    for handle, stars, sentence in facts.get("ratings", []):
        rate_resource(topic, by=people[handle], stars=stars, sentence=sentence)
