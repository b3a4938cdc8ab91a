"""What a token looks like: a prefix that scanners of leaked keys know, its id, and the secret."""

import hashlib
import secrets

PREFIX = "guildhall"


def new_secret(public_id: str) -> str:
    """Return the text of a token with 256 random bits: "guildhall_<id>_<secret>"."""
    return f"{PREFIX}_{public_id}_{secrets.token_hex(32)}"


def public_id_of(text: str) -> str:
    """Return the id that stands in the text of a token; "" where it is none."""
    parts = text.split("_")
    return parts[1] if len(parts) == 3 and parts[0] == PREFIX else ""


def digest_of(text: str) -> str:
    """A plain SHA-256: what is random needs no slow hash."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
