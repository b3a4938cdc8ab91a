"""Requests that schemathesis makes from the description, and what is wrong with the answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup

from config.api.schema import description

# Rules that no schema tells, such as "one's own post takes no vote", refuse valid requests.
LEFT_OUT = {"positive_data_acceptance"}


def faults(secret: str, parts: dict[str, list[str]], *, examples: int) -> list[str]:
    """Ask every operation so often with the token; parts are values that fit into addresses."""
    load_all_checks()
    schema = schemathesis.openapi.from_dict(description())
    schema.app = WSGIHandler()
    with _connection_kept():
        return [
            fault
            for result in schema.get_all_operations()
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
            for fault in _faults(result, mode, secret, parts, examples)
        ]


@contextmanager
def _connection_kept() -> Iterator[None]:
    """As Django's test client does: the connection holds the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _faults(
    result: Any,
    mode: GenerationMode,
    secret: str,
    parts: dict[str, list[str]],
    examples: int,
) -> Iterator[str]:
    operation = result.ok()
    if mode == GenerationMode.NEGATIVE and not (operation.body or operation.query):
        return
    checks: list[Any] = [
        CHECKS.get_one(name) for name in CHECKS.get_all_names() if name not in LEFT_OUT
    ]
    wrong: dict[str, str] = {}

    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy(mode), data=st.data())
    def ask(case: Case[Any], data: st.DataObject) -> None:
        # Made-up ids lead nowhere: mostly something that is there is asked for.
        for name in case.path_parameters or {}:
            if name in parts and data.draw(st.integers(0, 3)):
                case.path_parameters[name] = data.draw(st.sampled_from(parts[name]))
        bearer = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        response = case.call(headers=bearer)
        # The version is asked for before the body is read; schemathesis doesn't expect that.
        if response.status_code == 412:
            return
        try:
            case.validate_response(response, checks=checks, headers=bearer)
        except FailureGroup as group:
            for failure in group.exceptions:
                wrong.setdefault(failure.title, f"{case.as_curl_command()}: {failure.message}")

    ask()
    yield from (f"{operation.label}: {title}: {text[:600]}" for title, text in wrong.items())
