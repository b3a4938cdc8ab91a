"""Random ids for URLs, API, sockets and exports; internal keys never leave."""

import secrets

# Without 0/O, 1/l/I: people read ids aloud.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10


def new_public_id() -> str:
    """Return 10 random characters out of 55: about 58 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
