from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import BadRequest
from django.db import connection

from community.accounts.models import User
from community.http.idempotency import MAX_KEY_LENGTH, new_key
from community.spaces.actions import SpaceSettings, create_space
from community.spaces.models import Space
from tests.factories.discussions import make_answer, make_topic


def test_repeat_with_the_same_key_returns_the_first_object(ada: User) -> None:
    key = new_key()
    first = create_space(SpaceSettings(name="Workshop"), by=ada, key=key)
    again = create_space(SpaceSettings(name="Workshop"), by=ada, key=key)

    assert (first.pk, Space.objects.count()) == (again.pk, 1)


def test_key_belongs_to_one_person(ada: User, ben: User) -> None:
    create_space(SpaceSettings(name="Workshop"), by=ada, key="k")
    create_space(SpaceSettings(name="Office"), by=ben, key="k")

    assert Space.objects.count() == 2


def test_empty_key_makes_an_object_each_time(ada: User) -> None:
    create_space(SpaceSettings(name="Workshop"), by=ada)
    create_space(SpaceSettings(name="Workshop!"), by=ada)

    assert Space.objects.count() == 2


def test_key_is_free_again_when_the_first_try_was_refused(ada: User) -> None:
    with pytest.raises(Exception, match="name"):
        create_space(SpaceSettings(name=""), by=ada, key="k")

    assert create_space(SpaceSettings(name="Workshop"), by=ada, key="k").name == "Workshop"


def test_key_at_the_limit_is_taken_and_one_above_refused(ada: User) -> None:
    create_space(SpaceSettings(name="Workshop"), by=ada, key="k" * MAX_KEY_LENGTH)

    with pytest.raises(BadRequest):
        create_space(SpaceSettings(name="Other"), by=ada, key="k" * (MAX_KEY_LENGTH + 1))
    assert [space.name for space in Space.objects.all()] == ["Workshop"]


def test_key_that_made_something_else_is_refused(space: Space, ada: User) -> None:
    topic = make_topic(space, by=ada, key="k")

    with pytest.raises(BadRequest):
        make_answer(topic, by=ada, key="k")
    assert topic.posts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_five_parallel_repeats_make_one_object(transactional_db: None) -> None:
    from tests.factories.community import make_person

    ada, key = make_person("Ada"), new_key()

    def repeat(_: int) -> int:
        try:
            return create_space(SpaceSettings(name="Workshop"), by=ada, key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=5) as pool:
        made = set(pool.map(repeat, range(5)))

    assert made == set(Space.objects.values_list("pk", flat=True))
    assert len(made) == 1
