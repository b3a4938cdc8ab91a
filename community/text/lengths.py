"""How long a text may be."""

from django.utils.translation import gettext as _


def length_error(text: str, limit: int) -> str:
    """Return the sentence for a text of more than limit characters, "" for one that fits."""
    if len(text) <= limit:
        return ""
    return _("At most %(limit)s characters; this has %(length)s.") % {
        "limit": limit,
        "length": len(text),
    }
