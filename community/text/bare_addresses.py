from linkify_it import LinkifyIt

MAX_ADDRESS_LENGTH = 2_000


class BareAddresses(LinkifyIt):  # type: ignore[misc]  # linkify-it-py has no types
    """Finds addresses that were written without markup, only those with a scheme.

    Names of files end like domains: manage.py is in Paraguay, README.md in Moldova.
    """

    def __init__(self) -> None:
        super().__init__(options={"fuzzy_link": False, "fuzzy_email": False})

    def pretest(self, text: str) -> bool:
        """Whether text may hold addresses; a very long word is none and takes quadratic time."""
        if max(map(len, text.split()), default=0) > MAX_ADDRESS_LENGTH:
            return False
        return bool(super().pretest(text))
