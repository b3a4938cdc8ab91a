import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from community.accounts.models import User
from community.http.rate import limit_rate


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


def test_nothing_is_refused_while_redis_is_away(ada: User, settings: Settings) -> None:
    redis = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = settings.CACHES | {
        "fast": {"BACKEND": redis, "LOCATION": "redis://127.0.0.1:1"}
    }

    assert [send(ada).status_code for _ in range(3)] == [200] * 3


def test_spaces_are_opened_ten_times_a_minute_at_most(client: Client, ada: User) -> None:
    client.force_login(ada)
    with time_machine.travel("2026-11-24T12:00:20Z"):
        statuses = [client.post("/spaces/new").status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


def test_people_are_suggested_for_a_fast_typist_and_no_faster(client: Client, ada: User) -> None:
    client.force_login(ada)
    with time_machine.travel("2026-11-24T12:00:20Z"):
        statuses = [client.get("/people/suggest").status_code for _ in range(301)]

    assert statuses == [200] * 300 + [429]
