"""What the processes write to their standard error, a line each."""

from typing import Any


def logging(level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            "daphne": {"level": "WARNING"},
            # Two lines a job: the page of background work says the same, and the errors stay.
            "django_tasks": {"level": "WARNING"},
            "django.channels.server": {"level": "WARNING"},
        },
    }
