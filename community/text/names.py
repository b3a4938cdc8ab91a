"""Names and titles as people see them: one line, with nothing in it that can't be seen."""

import re
from unicodedata import category, normalize

# Control and format characters, among them the bidi overrides, and halves of surrogate pairs.
UNSEEN = {"Cc", "Cf", "Cs"}
# Letters and a symbol by their category, but drawn as nothing.
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
# They shape words of Persian, Hindi and others, and emoji; outside a word they are only unseen.
JOINERS = "\u200c\u200d"
_STRAY = re.compile(rf"(?<![^\s{JOINERS}])[{JOINERS}]+|[{JOINERS}]+(?=[\s{JOINERS}]|$)")


def clean_name(text: str) -> str:
    """Return text on one line without characters that can't be seen; empty where none is left."""
    kept = "".join(letter for letter in " ".join(text.split()) if _stays(letter))
    name = _STRAY.sub("", " ".join(kept.split()))
    return name if any(category(letter)[0] in "LNPS" for letter in name) else ""


def _stays(letter: str) -> bool:
    return letter in JOINERS or (letter not in BLANK and category(letter) not in UNSEEN)


def name_key(text: str) -> str:
    """Return what two names share that a reader takes for the same."""
    bare = "".join(letter for letter in clean_name(text) if letter not in JOINERS)
    return normalize("NFKC", bare).casefold()
