"""Private things carry random tokens; whoever may not know them never meets one."""

from collections.abc import Callable, Iterable

import pytest

from discussions.topics.models import Post
from learning.collections.models import Collection, CollectionItem
from tests.house.crawler import Leak, addresses, crawl, push
from tests.house.operations import ask_everything
from tests.house.world import World, known_to_colleagues, make_world

pytestmark = pytest.mark.slow

OUTSIDERS = ("stranger", "former member", "moderator elsewhere", "admin", "guest")
# Who is invited, which lists there are and every answer in a field are the business of those who
# manage people.
OFFICE = {
    "admin": {
        "invited address",
        "invited name",
        "audience",
        "address in a table",
        "answer in a field",
    }
}


@pytest.fixture
def world(handle_events: Callable[[], None]) -> World:
    made = make_world()
    handle_events()
    return made


@pytest.fixture
def company(world: World) -> World:
    """What every colleague knows counts as private."""
    return known_to_colleagues(world)


def test_owner_meets_every_token(world: World) -> None:
    """Without this the others could pass because nothing is shown to anybody."""
    met = {leak.carrier for leak in crawl(world, world.people["owner"])}
    typed = {carrier for carrier in world.tokens if carrier.endswith(" id")}
    assert set(world.tokens) - met - typed == set()


@pytest.mark.parametrize("role", [*OUTSIDERS, "anonymous"])
def test_outsider_reads_no_token(world: World, role: str) -> None:
    person = world.people.get(role)
    assert unexpected(crawl(world, person), role) == []


def test_colleague_meets_what_is_kept_from_guests(company: World) -> None:
    """Without this the next two could pass because nothing is shown to anybody."""
    stranger = company.people["stranger"]
    met = {leak.carrier for leak in crawl(company, stranger)}
    assert {carrier for carrier in met if carrier.startswith("company ")} == set(company.company)


def test_guest_reads_nothing_of_the_company(company: World) -> None:
    assert [str(leak) for leak in crawl(company, company.people["guest"])] == []


def test_guest_gets_nothing_of_the_company_by_writing_and_by_the_api(company: World) -> None:
    guest = company.people["guest"]
    assert [str(leak) for leak in ask_everything(company, guest)] == []
    assert [str(leak) for leak in push(company, guest)] == []


@pytest.mark.parametrize("role", [*OUTSIDERS, "anonymous"])
def test_outsider_gets_and_changes_nothing_by_the_api(world: World, role: str) -> None:
    before = private_rows(world)
    assert [str(leak) for leak in ask_everything(world, world.people.get(role))] == []
    assert private_rows(world) == before


def test_owner_gets_every_kind_of_token_by_the_api(world: World) -> None:
    met = {leak.carrier for leak in ask_everything(world, world.people["owner"])}
    assert {"secret title", "secret text", "secret answer", "secret rules", "join request"} <= met


@pytest.mark.parametrize("role", [*OUTSIDERS, "anonymous"])
def test_outsider_writes_nothing_private_and_reads_no_token(world: World, role: str) -> None:
    before = private_rows(world)
    assert unexpected(push(world, world.people.get(role)), role) == []
    assert private_rows(world) == before


def unexpected(leaks: Iterable[Leak], role: str) -> list[str]:
    return [str(leak) for leak in leaks if leak.carrier not in OFFICE.get(role, set())]


def test_every_address_is_filled_in(world: World) -> None:
    assert len(list(addresses(world))) > 60


def private_rows(world: World) -> list[object]:
    """All rows of the private spaces that an outsider could have changed."""
    posts = Post.objects.filter(topic__space__in=world.spaces)
    columns = ["pk", "source", "version", "up", "down", "accepted_at", "deleted_at"]
    people = [sorted(space.memberships.values_list("person_id", "role")) for space in world.spaces]
    settings = [
        (space.name, space.rules_source, space.topic_count)
        for space in type(world.spaces[0]).objects.filter(pk__in=[s.pk for s in world.spaces])
    ]
    texts = ["pk", "title", "description_source", "owner_id", "deleted_at"]
    collections = Collection.objects.filter(space__in=world.spaces)
    items = CollectionItem.objects.filter(topic__space__in=world.spaces).order_by("pk")
    kept = [
        *collections.order_by("pk").values_list(*texts),
        *items.values_list("pk", "why", "place", "removed_at"),
    ]
    return [*posts.order_by("pk").values_list(*columns), *people, *settings, *kept]
