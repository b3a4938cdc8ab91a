"""The description of the API: complete, without a warning, and what tells of scopes."""

from typing import Any

from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS

from community.accounts.models import User
from community.http.api.views import ApiView
from config.api.schema import description
from config.areas import AREAS
from tests.factories.tokens import Program
from tests.house.crawler import API, routes


def operations() -> list[dict[str, Any]]:
    return [said for methods in description()["paths"].values() for said in methods.values()]


def views() -> list[type[ApiView]]:
    found: list[Any] = [one.callback for text, one in routes() if text.startswith(API)]
    return [callback.view_class for callback in found]


def test_description_is_made_without_a_warning() -> None:
    description.cache_clear()
    GENERATOR_STATS.reset()

    description()

    assert list(GENERATOR_STATS._warn_cache) == []
    assert list(GENERATOR_STATS._error_cache) == []


def test_every_operation_is_described_and_has_a_name() -> None:
    said = operations()

    assert len(said) > 60
    assert len({one["operationId"] for one in said}) == len(said)
    assert [one["operationId"] for one in said if not one["summary"]] == []


def test_every_view_belongs_to_an_area() -> None:
    assert {view.area for view in views()} == {"", *AREAS}
    assert [view.__name__ for view in views() if not view.area] == ["SchemaView"]


def test_every_create_takes_a_key_and_every_edit_a_version() -> None:
    def headers(said: dict[str, Any]) -> set[str]:
        return {part["name"] for part in said.get("parameters", []) if part["in"] == "header"}

    creates = [one for one in operations() if "201" in one["responses"]]
    edits = [methods["patch"] for methods in description()["paths"].values() if "patch" in methods]

    assert {frozenset(headers(one)) for one in creates} == {frozenset({"Idempotency-Key"})}
    assert {frozenset(headers(one)) for one in edits} == {frozenset({"If-Match"})}


def test_every_list_has_a_limit_and_a_cursor() -> None:
    lists = [said for said in operations() if "Page'" in str(said["responses"].get("200", ""))]

    assert len(lists) > 10
    for said in lists:
        parameters = {part["name"]: part["schema"] for part in said["parameters"]}
        assert parameters["limit"]["maximum"] == 100
        assert "after" in parameters


def test_description_is_read_with_any_token_and_by_nobody_else(ada: User) -> None:
    assert Program(ada, "discussions:read").get("/schema").json()["openapi"] == "3.1.0"
    assert Client().get("/api/v1/schema").status_code == 401
