"""Collections: who makes, edits, deletes and hands them over, and up to which limits."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from community.accounts.models import User
from community.departures.actions import deactivate_person
from community.guests.actions import make_guest as make_guest_of
from community.http.conflicts import EditConflict
from community.outbox.models import Event
from community.spaces.archiving import archive_space
from community.spaces.membership import leave_space
from community.spaces.models import Space
from learning.collections.access import get_collection
from learning.collections.actions import (
    delete_collection,
    edit_collection,
    restore_collection,
    set_people,
)
from learning.collections.following import (
    follow_collection,
    see_collection,
    unfollow_collection,
)
from learning.collections.models import Collection, CollectionFollow
from learning.collections.queries import collections, curated_collections, curators_of
from tests.factories.community import make_guest
from tests.factories.learning import make_collection

pytestmark = pytest.mark.slow


def titles(viewer: User, show: str = "all") -> list[str]:
    return [row.title for row in collections(viewer, show).order_by("title")]


def test_readers_of_its_space_see_it_and_a_stranger_does_not(
    closed: Space, ada: User, ben: User, zed: User
) -> None:
    hidden = make_collection(by=ada, title="Hidden", space=closed)
    make_collection(by=ada, title="Open")
    assert not closed.memberships.filter(person=zed).exists()
    assert titles(ben) == ["Hidden", "Open"]
    assert titles(zed) == ["Open"]
    with pytest.raises(Collection.DoesNotExist):
        get_collection(hidden.public_id, viewer=zed)


def test_nobody_makes_one_in_a_space_that_they_do_not_read(closed: Space, zed: User) -> None:
    with pytest.raises(PermissionDenied):
        make_collection(by=zed, space=closed)
    assert Collection.objects.count() == 0


def test_repeat_with_the_same_key_makes_one(ada: User) -> None:
    first = make_collection(by=ada, title="Once", key="k")
    assert make_collection(by=ada, title="Once", key="k") == first
    assert Collection.objects.count() == 1


def test_title_and_description_are_cleaned_and_limited(ada: User, settings: Settings) -> None:
    settings.MAX_TITLE_LENGTH, settings.MAX_COLLECTION_DESCRIPTION = 5, 7
    made = make_collection(by=ada, title=" five\u202e5 ", description="*seven*")
    assert (made.title, made.description_html) == ("five5", '<p dir="auto"><em>seven</em></p>\n')
    for fields in ({"title": "sixsix"}, {"title": " "}, {"title": "x", "description": "x" * 8}):
        with pytest.raises(ValidationError) as refused:
            make_collection(by=ada, **fields)
        assert set(refused.value.message_dict) == {[*fields][-1]}


def test_description_loses_what_could_run(ada: User) -> None:
    made = make_collection(by=ada, description="<script>x</script> [a](javascript:x)")
    assert "<script" not in made.description_html
    assert "href" not in made.description_html


def test_one_owns_so_many_and_not_one_more(ada: User, settings: Settings) -> None:
    settings.MAX_COLLECTIONS = 2
    made = [make_collection(by=ada) for _number in range(2)]
    with pytest.raises(ValidationError):
        make_collection(by=ada)
    delete_collection(made[0], by=ada)
    make_collection(by=ada)


def test_later_of_two_editors_sees_a_conflict(ada: User) -> None:
    made = make_collection(by=ada, title="First")
    edit_collection(made, by=ada, title="Second", description="", based_on=1)
    with pytest.raises(EditConflict) as conflict:
        edit_collection(made, by=ada, title="Third", description="", based_on=1)
    assert conflict.value.current.title == "Second"


def test_curator_edits_and_only_the_owner_deletes(ada: User, ben: User, zed: User) -> None:
    made = make_collection(by=ada)
    set_people(made, by=ada, owner=None, curators=[ben])
    assert list(curated_collections(ben)) == [made]
    assert edit_collection(made, by=ben, title="Ben's words", description="").version == 2
    for write in (
        lambda: delete_collection(made, by=ben),
        lambda: set_people(made, by=ben, owner=ben, curators=[]),
        lambda: edit_collection(made, by=zed, title="Mine now", description=""),
    ):
        with pytest.raises(PermissionDenied):
            write()
    assert Collection.objects.get().title == "Ben's words"


def test_moderator_of_the_space_does_what_the_owner_does(
    space: Space, ada: User, mia: User
) -> None:
    made = make_collection(by=ada, space=space)
    delete_collection(made, by=mia)
    restore_collection(made, by=mia)
    set_people(made, by=mia, owner=mia, curators=[ada])
    made.refresh_from_db()
    assert (made.owner, curators_of(made)) == (mia, [ada])


def test_deleted_one_is_out_of_sight_until_its_owner_restores_it(ada: User, ben: User) -> None:
    made = make_collection(by=ada, title="Gone")
    follow_collection(made, by=ben)
    delete_collection(made, by=ada)
    assert (titles(ben), titles(ben, "followed"), titles(ada)) == ([], [], [])
    assert titles(ada, "mine") == ["Gone"]
    with pytest.raises(Collection.DoesNotExist):
        get_collection(made.public_id, viewer=ben)
    restore_collection(get_collection(made.public_id, viewer=ada), by=ada)
    assert titles(ben, "followed") == ["Gone"]


def test_archived_space_takes_no_more_of_it(space: Space, ada: User, mia: User) -> None:
    made = make_collection(by=ada, space=space)
    archive_space(space, by=mia)
    with pytest.raises(PermissionDenied):
        edit_collection(made, by=ada, title="Later", description="")
    assert list(curated_collections(ada)) == []


def test_curators_read_the_space_and_are_not_too_many(
    closed: Space, ada: User, ben: User, zed: User, settings: Settings
) -> None:
    made = make_collection(by=ada, space=closed)
    settings.MAX_CURATORS = 1
    for owner, curators, field in ((None, [zed], "curators"), (zed, [], "owner")):
        with pytest.raises(ValidationError) as refused:
            set_people(made, by=ada, owner=owner, curators=curators)
        assert set(refused.value.message_dict) == {field}
    set_people(made, by=ada, owner=None, curators=[ben])
    with pytest.raises(ValidationError):
        set_people(made, by=ada, owner=None, curators=[ben, ada])
    assert curators_of(made) == [ben]


def test_who_leaves_the_space_keeps_no_right_in_it(closed: Space, ada: User, mia: User) -> None:
    made = make_collection(by=ada, space=closed)
    leave_space(closed, by=ada)
    with pytest.raises(PermissionDenied):
        edit_collection(made, by=ada, title="From outside", description="")


def test_leaving_hands_over_to_the_owner_of_the_space_or_to_nobody(
    space: Space,
    ada: User,
    ben: User,
    mia: User,
    admin: User,
    handle_events: Callable[[], None],
) -> None:
    kept, free = make_collection(by=ada, space=space), make_collection(by=ada)
    other = make_collection(by=ben)
    set_people(other, by=ben, owner=None, curators=[ada])
    follow_collection(other, by=ada)
    deactivate_person(ada, by=admin)
    handle_events()
    kept.refresh_from_db()
    free.refresh_from_db()
    assert (kept.owner, free.owner) == (mia, None)
    assert curators_of(other) == []
    assert not CollectionFollow.objects.filter(person=ada).exists()
    with pytest.raises(PermissionDenied):
        set_people(free, by=ben, owner=ben, curators=[])
    set_people(free, by=admin, owner=ben, curators=[])
    free.refresh_from_db()
    assert free.owner == ben


def test_guest_reads_what_is_kept_in_their_spaces_and_keeps_nothing(
    space: Space, ada: User, mia: User
) -> None:
    gil = make_guest("Gil", spaces=(space,))
    make_collection(by=ada, title="For colleagues")
    made = make_collection(by=ada, title="In the space", space=space)
    assert titles(gil) == ["In the space"]
    writes: list[Callable[[], object]] = [
        lambda: make_collection(by=gil, space=space),
        lambda: edit_collection(made, by=gil, title="Mine", description=""),
    ]
    for write in writes:
        with pytest.raises(PermissionDenied):
            write()
    for owner, curators, field in ((None, [gil], "curators"), (gil, [], "owner")):
        with pytest.raises(ValidationError) as refused:
            set_people(made, by=ada, owner=owner, curators=curators)
        assert set(refused.value.message_dict) == {field}


def test_whoever_becomes_a_guest_hands_over(
    space: Space, ada: User, mia: User, admin: User, handle_events: Callable[[], None]
) -> None:
    made = make_collection(by=ada, space=space)
    make_guest_of(ada, by=admin)
    handle_events()
    made.refresh_from_db()
    assert made.owner == mia


def test_following_twice_and_back_records_two_events(ada: User, ben: User) -> None:
    made = make_collection(by=ada)
    for _time in range(2):
        follow_collection(made, by=ben)
    assert titles(ben, "followed") == [made.title]
    see_collection(made, by=ben)
    for _time in range(2):
        unfollow_collection(made, by=ben)
    assert titles(ben, "followed") == []
    names = Event.objects.filter(name__contains="followed").values_list("name", flat=True)
    assert sorted(names) == ["collection.followed", "collection.unfollowed"]
