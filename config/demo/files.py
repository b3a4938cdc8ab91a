"""Sharing the demo company's files and videos, with their versions and captions."""

from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from community.accounts.models import User
from community.files.actions import store_file
from community.spaces.models import Space
from config.demo.links import details_of, use_and_rate
from config.demo.texts import TopicText
from discussions.resources.files import add_version, set_captions, share_file
from discussions.topics.models import Topic

FOLDER = Path(__file__).with_name("files")
BETWEEN_VERSIONS = timedelta(days=20)


def write_file(
    plan: TopicText,
    space: Space,
    author: User,
    people: dict[str, User],
    readers: list[User],
    at: datetime,
) -> Topic:
    """The facts name the files, the oldest first, what is new in each, and captions by language."""
    facts = plan.facts
    first, *later = facts["files"]
    topic = share_file(
        space,
        by=author,
        file=_stored(first, author),
        title=plan.title,
        source=plan.text,
        tags=facts["tags"],
        details=details_of(facts),
        at=at,
    )
    for name, note in zip(later, facts.get("notes", []), strict=True):
        at = min(at + BETWEEN_VERSIONS, timezone.now())
        add_version(topic, by=author, file=_stored(name, author), note=note, at=at)
    for language, name in facts.get("captions", {}).items():
        said = (FOLDER / name).read_bytes()
        set_captions(topic, by=author, language=language, content=said)
    use_and_rate(topic, facts, people, readers)
    return topic


def _stored(name: str, author: User) -> str:
    return store_file(ContentFile((FOLDER / name).read_bytes()), by=author, name=name).public_id
