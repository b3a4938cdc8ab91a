import socket
import time
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from community.accounts.models import User
from community.http import rate
from community.http.rate import Breaker, count_request, limit_rate
from config.stores import caches as caches_for

pytestmark = pytest.mark.slow


@limit_rate("tries", per_minute=2)
def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def send(person: User, method: str = "POST") -> HttpResponse:
    request = RequestFactory().generic(method, "/")
    request.user = person
    return view(request)


def test_one_above_the_limit_waits_for_the_next_minute(ada: User, ben: User) -> None:
    with time_machine.travel("2026-11-24T12:00:20Z", tick=False) as clock:
        first = [send(ada).status_code for _ in range(3)]
        refused = send(ada)
        others = [send(ben).status_code, send(ada, "GET").status_code]
        clock.shift(40)
        later = send(ada).status_code

    assert (first, others, later) == ([200, 200, 429], [200, 200], 200)
    assert refused["Retry-After"] == "40"
    assert "Wait a few minutes and try again." in refused.content.decode()


@pytest.fixture
def hung(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """A Redis that takes connections and never answers; yields the breaker's clock."""
    clock = [1000.0]
    monkeypatch.setattr(rate, "breaker", Breaker(10, clock=lambda: clock[0]))
    with socket.create_server(("127.0.0.1", 0)) as server:
        fast = caches_for(f"redis://127.0.0.1:{server.getsockname()[1]}")["fast"]
        settings.CACHES = settings.CACHES | {"fast": fast}
        yield clock


def seconds_of(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_each_process_counts_for_itself_while_redis_is_away(ada: User, hung: list[float]) -> None:
    with time_machine.travel("2026-11-24T12:00:20Z", tick=False):
        assert [send(ada).status_code for _ in range(3)] == [200, 200, 429]


def test_hung_redis_is_waited_for_once_in_ten_seconds(hung: list[float]) -> None:
    first = seconds_of(lambda: count_request("waits", "ada"))
    others = seconds_of(lambda: [count_request("waits", "ada") for _ in range(20)])
    hung[0] += 11
    later = seconds_of(lambda: count_request("waits", "ada"))

    assert 0.05 < first < 0.5
    assert others < 0.05 < later < 0.5


def test_spaces_are_opened_ten_times_a_minute_at_most(client: Client, ada: User) -> None:
    client.force_login(ada)
    with time_machine.travel("2026-11-24T12:00:20Z"):
        statuses = [client.post("/spaces/new").status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


@pytest.mark.parametrize("what", ["people", "tags"])
def test_names_are_suggested_for_a_fast_typist_and_no_faster(
    client: Client, ada: User, what: str
) -> None:
    client.force_login(ada)
    with time_machine.travel("2026-11-24T12:00:20Z", tick=False):
        first = client.get(f"/{what}/suggest").status_code
        asked = [count_request(what, ada.public_id) for _ in range(298)][-1]
        statuses = [client.get(f"/{what}/suggest").status_code for _ in range(2)]

    assert (first, asked, statuses) == (200, 299, [200, 429])
