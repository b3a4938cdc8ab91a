from datetime import UTC, datetime


def utc(text: str) -> datetime:
    """The time that a dump writes without a zone; all its times are UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
