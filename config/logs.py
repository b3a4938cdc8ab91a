"""What the processes write to their standard error, a line each."""

from logging import LogRecord
from typing import Any

from django.core.exceptions import PermissionDenied


def shorten_refusal(record: LogRecord) -> bool:
    """Leave out where it was raised that somebody may not do a thing: nothing is broken."""
    if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
        record.exc_info = None
    return True


def logging(level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "filters": {
            "refusals": {"()": "django.utils.log.CallbackFilter", "callback": shorten_refusal}
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.request": {"filters": ["refusals"]},
            "django.server": {"level": "WARNING"},
            "daphne": {"level": "WARNING"},
            # Two lines a job: the page of background work says the same, and the errors stay.
            "django_tasks": {"level": "WARNING"},
            "django.channels.server": {"level": "WARNING"},
        },
    }
