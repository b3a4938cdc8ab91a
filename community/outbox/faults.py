"""Whose fault is it: the database's, which another try mends, or the code's?"""

from django.db import InterfaceError, OperationalError, connection

# PostgreSQL's codes: connection, rollback, resources, locks, operator, system.
TRANSIENT_CLASSES = {"08", "40", "53", "55", "57", "58"}
QUERY_CANCELED = "57014"


def is_transient(error: Exception) -> bool:
    """Tell whether the database, not the code, is the reason: deadlock, lock, lost connection.

    A statement that ran into its time limit is the code's fault.
    """
    if connection.vendor == "sqlite":
        return isinstance(error, OperationalError) and "locked" in str(error)
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = _sqlstate(error)
    return state is None or (state != QUERY_CANCELED and state[:2] in TRANSIENT_CLASSES)


def is_deadlock(error: Exception) -> bool:
    """Tell whether PostgreSQL ended a transaction for the sake of another one."""
    return _sqlstate(error) in {"40P01", "40001"}


def _sqlstate(error: Exception) -> str | None:
    """Return PostgreSQL's code; None where it didn't answer at all."""
    return getattr(error.__cause__, "sqlstate", None)
