"""What API tokens can be limited to; community/tokens loads this by name."""

from django.utils.translation import gettext_lazy as _

AREAS = {
    "community": _("People, org units and spaces"),
    "discussions": _("Topics, posts, files and tags"),
    "learning": _("The Library and its collections"),
}
