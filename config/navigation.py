"""The sections of the navigation. What does not exist yet is left out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.roles.models import Capability


@dataclass(frozen=True)
class Entry:
    """A link of the shell. key is the letter after `g`; needs: one of these capabilities."""

    text: str | Promise
    url: str
    icon: str
    key: str = ""
    needs: tuple[Capability, ...] = ()


# The first four are the bottom bar of a phone.
MAIN = (
    Entry(_("Today"), "/", "house", "h"),
    Entry(_("Questions"), "/questions", "circle-help", "q"),
    Entry(_("Discussions"), "/discussions", "messages-square", "d"),
    Entry(_("People"), "/people", "users", "e"),
    Entry(_("Library"), "/library", "book-open", "l"),
    Entry(_("Spaces"), "/spaces", "compass", "s"),
    Entry(_("Tags"), "/tags", "tags", "t"),
    Entry(_("Saved"), "/saved", "bookmark", "b"),
)
DUTIES = (
    Entry(
        _("People and rights"),
        "/admin",
        "shield",
        "",
        (Capability.PEOPLE, Capability.ROLES, Capability.SPACES),
    ),
    Entry(_("Background work"), "/admin/work", "server-cog", "", (Capability.OPERATIONS,)),
)
