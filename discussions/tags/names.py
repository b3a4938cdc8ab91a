"""How tags are written."""

from unicodedata import normalize

from community.text.names import clean_name


def tag_key(text: str) -> str:
    """Return the name that text means: in small letters, what looks alike folded by NFKC."""
    return normalize("NFKC", normalize("NFKC", clean_name(text)).lower())
