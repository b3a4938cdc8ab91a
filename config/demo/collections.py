"""The demo company's collections, from collections.toml."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Topic
from learning.collections.actions import create_collection, set_people
from learning.collections.following import follow_collection
from learning.collections.items import add_item
from learning.collections.models import Collection, CollectionFollow, CollectionItem

PLAN = Path(__file__).parent / "collections.toml"


def make_collections(
    people: dict[str, User], spaces: dict[str, Space], topics: dict[tuple[str, str], Topic]
) -> None:
    for plan in tomllib.loads(PLAN.read_text(encoding="utf-8"))["collections"]:
        _make(plan, people, spaces, topics)


def _make(
    plan: dict[str, Any],
    people: dict[str, User],
    spaces: dict[str, Space],
    topics: dict[tuple[str, str], Topic],
) -> None:
    """What its last resource is to those who follow it: new."""
    owner = people[plan["owner"]]
    collection = create_collection(
        by=owner,
        title=plan["title"],
        description=plan["description"],
        space=spaces[plan["space"]] if plan["space"] else None,
    )
    curators = [people[handle] for handle in plan["curators"]]
    set_people(collection, by=owner, owner=None, curators=curators)
    items = [
        add_item(collection, topics[space, stem], by=owner, why=why)
        for space, stem, why in plan["items"]
    ]
    for handle in plan["followers"]:
        follow_collection(collection, by=people[handle])
    made_at = timezone.now() - timedelta(days=plan["days_ago"])
    Collection.objects.filter(pk=collection.pk).update(created_at=made_at)
    older = [item.pk for item in items[:-1]]
    CollectionItem.objects.filter(pk__in=older).update(added_at=made_at)
    CollectionItem.objects.filter(pk=items[-1].pk).update(
        added_at=timezone.now() - timedelta(days=2)
    )
    follows = CollectionFollow.objects.filter(collection=collection)
    follows.update(at=made_at, seen_at=made_at + timedelta(hours=1))
