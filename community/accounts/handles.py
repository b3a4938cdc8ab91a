"""Which handles are free: neither somebody's, now or before, nor kept by the site."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import HANDLE, HandleRedirect, User
from community.text.slugs import slugify

# They sound like the site itself, one of its pages, those who run it, or a crowd.
RESERVED = frozenset(
    (
        *("admin", "administrator", "admins", "moderator", "moderators", "owner", "root"),
        *("official", "postmaster", "security", "staff", "support", "sysadmin", "webmaster"),
        *("bot", "guildhall", "help", "site", "system"),
        *("account", "api", "me", "new", "null", "settings", "suggest", "undefined", "welcome"),
        *("all", "anonymous", "channel", "everybody", "everyone", "here", "nobody"),
    )
)


def typed_handle(text: str) -> str:
    """Return the handle that somebody means who types it, with or without @."""
    return text.strip().lstrip("@").lower()


def checked_handle(handle: str, *, beside: User | None = None) -> str:
    """Return handle in small letters. Raises ValidationError for handle unless it is free."""
    handle = handle.strip().lower()
    try:
        HANDLE(handle)
    except ValidationError as error:
        raise ValidationError({"handle": error.message}) from error
    if handle in RESERVED:
        raise ValidationError({"handle": _("This handle is kept by the site. Choose another.")})
    if _taken(handle, beside):
        raise ValidationError({"handle": _("Somebody has or had this handle.")})
    return handle


def free_handle(name: str) -> str:
    """Return a handle for name that nobody has or had; names of other scripts give "person"."""
    base = slugify(name, max_length=30)
    base = base if base.isascii() and base else "person"
    number, handle = 1, base
    while handle in RESERVED or _taken(handle, None):
        number += 1
        handle = f"{base}{number}"
    return handle


def _taken(handle: str, beside: User | None) -> bool:
    others = User.objects.filter(handle=handle)
    former = HandleRedirect.objects.filter(handle=handle)
    if beside is not None:
        others, former = others.exclude(pk=beside.pk), former.exclude(person=beside)
    return others.exists() or former.exists()
