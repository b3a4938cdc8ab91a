"""What stands in a collection, in which order, and who counts how many."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from community.accounts.models import User
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.resources.keeping import keep_resource
from discussions.topics.models import Kind, Topic
from learning.collections.access import get_item
from learning.collections.following import follow_collection, see_collection
from learning.collections.items import (
    MAX_WHY,
    add_item,
    explain_item,
    move_item,
    remove_item,
    restore_item,
    shift_item,
)
from learning.collections.models import Collection, CollectionFollow, CollectionItem
from learning.collections.queries import (
    collections,
    collections_with,
    find_resources,
    items_of,
    resource_at,
)
from tests.factories.discussions import make_link, make_topic, opening
from tests.factories.learning import make_collection

pytestmark = pytest.mark.slow


def order(collection: Collection, viewer: User) -> list[str]:
    rows = items_of(collection, viewer).order_by("place", "pk")
    return [row.topic.title for row in rows]


def filled(space: Space, by: User, titles: str = "ABC") -> tuple[Collection, list[CollectionItem]]:
    collection = make_collection(by=by)
    links = [make_link(space, by=by, title=title) for title in titles]
    return collection, [add_item(collection, link, by=by) for link in links]


def test_items_stand_in_the_order_in_which_they_came(space: Space, ada: User) -> None:
    collection, _items = filled(space, ada)
    assert order(collection, ada) == ["A", "B", "C"]


def test_items_move_by_steps_and_to_places(space: Space, ada: User) -> None:
    collection, [first, _second, third] = filled(space, ada)
    shift_item(third, by=ada, steps=-1)
    assert order(collection, ada) == ["A", "C", "B"]
    shift_item(first, by=ada, steps=-1)
    assert order(collection, ada) == ["A", "C", "B"]
    move_item(first, by=ada, to=99)
    assert order(collection, ada) == ["C", "B", "A"]
    move_item(first, by=ada, to=0)
    assert order(collection, ada) == ["A", "C", "B"]


def test_what_is_hidden_is_neither_shown_nor_counted_and_keeps_its_place(
    space: Space, closed: Space, ada: User, zed: User
) -> None:
    collection = make_collection(by=zed)
    for place, title in ((space, "A"), (closed, "Hidden"), (space, "B")):
        topic = make_link(place, by=ada, title=title)
        CollectionItem.objects.create(
            collection=collection, topic=topic, place=CollectionItem.objects.count() + 1
        )
    assert not closed.memberships.filter(person=zed).exists()
    assert order(collection, zed) == ["A", "B"]
    assert [row.item_count for row in collections(zed)] == [2]
    assert [row.item_count for row in collections(ada)] == [3]
    hidden = CollectionItem.objects.get(topic__title="Hidden")
    with pytest.raises(CollectionItem.DoesNotExist):
        get_item(hidden.public_id, viewer=zed)
    shift_item(CollectionItem.objects.get(topic__title="B"), by=zed, steps=-1)
    assert order(collection, ada) == ["B", "Hidden", "A"]


def test_stranger_reads_no_item_of_a_hidden_collection(
    space: Space, closed: Space, ada: User, zed: User
) -> None:
    collection = make_collection(by=ada, space=closed)
    topic = make_link(space, by=ada)
    item = add_item(collection, topic, by=ada, why="For few")
    assert collections_with(topic, ada) == [collection]
    assert collections_with(topic, zed) == []
    with pytest.raises(CollectionItem.DoesNotExist):
        get_item(item.public_id, viewer=zed)


def test_deleted_resource_goes_out_of_it(space: Space, ada: User) -> None:
    collection, items = filled(space, ada)
    remove_post(opening(items[1].topic), by=ada)
    assert order(collection, ada) == ["A", "C"]


def test_only_curators_add_and_only_what_they_read(
    space: Space, closed: Space, ada: User, zed: User
) -> None:
    collection, hidden = make_collection(by=zed), make_link(closed, by=ada)
    for by, topic in ((ada, make_link(space, by=ada)), (zed, hidden)):
        with pytest.raises(PermissionDenied):
            add_item(collection, topic, by=by)
    assert CollectionItem.objects.count() == 0


def test_questions_and_what_is_in_it_are_refused(space: Space, ada: User) -> None:
    collection, [first] = filled(space, ada, "A")
    for topic in (first.topic, make_topic(space, by=ada)):
        with pytest.raises(ValidationError) as refused:
            add_item(collection, topic, by=ada)
        assert set(refused.value.message_dict) == {"topic"}
    article = make_topic(space, by=ada, kind=Kind.ARTICLE)
    keep_resource(article)
    add_item(collection, article, by=ada)


def test_removed_item_comes_back_to_its_place(space: Space, ada: User) -> None:
    collection, [first, _second, _third] = filled(space, ada)
    explain_item(first, by=ada, why="Begin here.")
    remove_item(first, by=ada)
    move_item(first, by=ada, to=2)
    shift_item(first, by=ada, steps=1)
    assert order(collection, ada) == ["B", "C"]
    restore_item(get_item(first.public_id, viewer=ada), by=ada)
    assert order(collection, ada) == ["A", "B", "C"]
    assert CollectionItem.objects.get(pk=first.pk).why == "Begin here."


def test_added_again_it_stands_at_the_end(space: Space, ada: User) -> None:
    collection, [first, *_others] = filled(space, ada)
    remove_item(first, by=ada)
    add_item(collection, first.topic, by=ada)
    assert order(collection, ada) == ["B", "C", "A"]


def test_collection_holds_so_many_and_not_one_more(
    space: Space, ada: User, settings: Settings
) -> None:
    settings.MAX_COLLECTION_ITEMS = 3
    collection, [first, *_others] = filled(space, ada)
    with pytest.raises(ValidationError):
        add_item(collection, make_link(space, by=ada), by=ada)
    remove_item(first, by=ada)
    add_item(collection, make_link(space, by=ada, title="D"), by=ada)
    with pytest.raises(ValidationError):
        restore_item(first, by=ada)
    assert order(collection, ada) == ["B", "C", "D"]


def test_sentence_is_limited(space: Space, ada: User) -> None:
    _collection, [first] = filled(space, ada, "A")
    explain_item(first, by=ada, why="x" * MAX_WHY)
    with pytest.raises(ValidationError) as refused:
        explain_item(first, by=ada, why="x" * (MAX_WHY + 1))
    assert set(refused.value.message_dict) == {"why"}


def test_follower_sees_what_is_new_until_it_is_seen(
    space: Space, closed: Space, ada: User, zed: User
) -> None:
    collection, [first, *_others] = filled(space, ada)
    follow_collection(collection, by=zed)
    follow_collection(collection, by=ada)
    add_item(collection, make_link(space, by=ada, title="New"), by=ada)
    add_item(collection, make_link(closed, by=ada, title="Hidden"), by=ada)
    CollectionFollow.objects.update(seen_at=first.added_at + timedelta(microseconds=1))
    CollectionItem.objects.filter(topic__title__in="BC").update(added_at=first.added_at)

    def news(viewer: User) -> tuple[int, list[str]]:
        [row] = collections(viewer)
        return row.new_count, [
            one.topic.title for one in items_of(collection, viewer) if one.is_new
        ]

    assert news(zed) == (1, ["New"])
    assert news(ada) == (0, [])
    see_collection(collection, by=zed)
    assert news(zed) == (0, [])


@pytest.mark.parametrize(
    "address",
    ["{id}", "/t/{id}/a-slug", "https://here.example/t/{id}", " /t/{id} ", "https://e.org/page"],
)
def test_pasted_address_leads_to_the_resource(space: Space, ada: User, address: str) -> None:
    topic = make_link(space, by=ada, url="https://e.org/page")
    assert resource_at(address.format(id=topic.public_id), ada) == topic


@pytest.mark.parametrize("address", ["", "x", "{id}", "/t/{id}", "https://e.org/none", "http://["])
def test_address_of_nothing_that_one_reads_is_refused(
    closed: Space, ada: User, zed: User, address: str
) -> None:
    hidden: Topic = make_link(closed, by=ada, url="https://e.org/page")
    with pytest.raises(ValidationError) as refused:
        resource_at(address.format(id=hidden.public_id), zed)
    assert set(refused.value.message_dict) == {"topic"}


def test_words_find_what_one_reads(space: Space, closed: Space, ada: User, zed: User) -> None:
    make_link(space, by=ada, title="A tunnel")
    make_link(closed, by=ada, title="A hidden tunnel")
    assert [row.topic.title for row in find_resources("tunnel", zed)] == ["A tunnel"]
    assert find_resources(" ", ada) == []
