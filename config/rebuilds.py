"""What `manage.py rebuild` makes again from the tables. Imports record no events, they rebuild."""

from collections.abc import Callable

# (rows done, of how many), called as often as the rebuild likes.
Progress = Callable[[int, int], None]

# Each returns the number of rows that it went through.
REBUILDS: dict[str, Callable[[Progress], int]] = {}
