"""People's time zones, and the day of the site."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones


def zone_named(name: str) -> ZoneInfo:
    """Return the zone of an IANA name; UTC for one that this machine doesn't know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@cache
def zone_names() -> frozenset[str]:
    """Return every IANA name that this machine knows; looking them up reads six hundred files."""
    return frozenset(available_timezones())


def today() -> date:
    """The day by which jobs begin and end: UTC's, the same for whoever asks."""
    return datetime.now(UTC).date()
